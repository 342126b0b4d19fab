"""The style of running orders: `orders.css`."""

from pathlib import Path

STYLE = f"<style>{Path(__file__).with_name('orders.css').read_text(encoding='utf-8')}</style>"
