"""How often something was tried in vain from an address: who tries too often waits."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock

ADDRESSES = 10_000  # remembered; the oldest are forgotten first


class Attempts:
    """The vain attempts of each address: `most` of them within `seconds` are allowed. Each process counts its own."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, address: str) -> int:
        """The whole seconds until this address may try again; 0 when it may."""
        with self._lock:
            times = self._recent(address)
            if len(times) < self._most:
                return 0
            return max(int(times[0] + self._seconds - self._clock()) + 1, 1)

    def note(self, address: str) -> None:
        """Notes a vain attempt."""
        with self._lock:
            times = self._recent(address)
            times.append(self._clock())
            self._times[address] = times
            self._times.move_to_end(address)
            while len(self._times) > ADDRESSES:
                self._times.popitem(last=False)

    def _recent(self, address: str) -> deque[float]:
        times = self._times.get(address) or deque(maxlen=self._most)
        while times and times[0] <= self._clock() - self._seconds:
            times.popleft()
        return times
