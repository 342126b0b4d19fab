-- The three roles of a sendviz database in PostgreSQL, each with no more rights than it needs. It may be run again, and
-- on a database that is in use. As an administrator (a superuser), with passwords of your own:
--
--   psql -d sendviz -v owner_password=… -v loader_password=… -v reader_password=… -f deploy/roles.sql
--   SENDVIZ_DATABASE_URL=postgresql://sendviz_owner:…@server/sendviz python -m sendviz migrate
--
-- sendviz_owner   owns the tables and migrates them; nothing runs as it from day to day
-- sendviz_loader  SENDVIZ_DATABASE_URL: loads, publishes, keeps orders and notes, adds to the log; makes no tables
-- sendviz_reader  SENDVIZ_READER_URL: figures are read through it, within the limit of whoever looks; writes nothing
--
-- What each may do in which table is set by `migrate` (sendviz/store/guarding.py), since datasets bring their tables.
\set ON_ERROR_STOP on
\set QUIET on
SET log_statement = 'none'; -- passwords belong in no log

SELECT format('CREATE ROLE %I', name)
FROM unnest(ARRAY['sendviz_owner', 'sendviz_loader', 'sendviz_reader']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

ALTER ROLE sendviz_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'owner_password';
-- It writes by COPY, which PostgreSQL refuses where a policy would have to be asked of each row.
ALTER ROLE sendviz_loader LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS PASSWORD :'loader_password';
ALTER ROLE sendviz_reader LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'reader_password';
ALTER ROLE sendviz_reader SET default_transaction_read_only = on;

REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO sendviz_loader, sendviz_reader;
ALTER DATABASE :"DBNAME" OWNER TO sendviz_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO sendviz_loader, sendviz_reader;
ALTER SCHEMA public OWNER TO sendviz_owner;

-- What there is already, made under another name; what belongs to a table (an index, a sequence) goes with it.
SELECT format('ALTER %s %s OWNER TO sendviz_owner', CASE relkind WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END, oid::regclass)
FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v') AND relowner <> 'sendviz_owner'::regrole \gexec
SELECT format('ALTER FUNCTION %s OWNER TO sendviz_owner', oid::regprocedure)
FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proowner <> 'sendviz_owner'::regrole \gexec
