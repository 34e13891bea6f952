"""What the practice network takes from a plain client: posts on kept connections, side by side, for some seconds.

`plain.py ADDRESS SECONDS THREADS` prints how many went through. Nothing of kanal is between client and network but the
way to get a token.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

import httpx

from kanal.sandbox import Practice


def _post(api: str, token: str, until: float) -> int:
    done = 0
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=api, headers=headers, trust_env=False, timeout=60) as client:
        while time.time() < until:
            client.post("/api/v1/statuses", data={"status": f"Meldung {done}"}).raise_for_status()
            done += 1
    return done


if __name__ == "__main__":
    practice, seconds, threads = Practice(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    token = practice.admit("mastodon", "plain@social.example", "Plain")["access_token"]
    api = practice.urls("mastodon")["api"]
    end = time.time() + seconds
    with ThreadPoolExecutor(threads) as pool:
        sys.stdout.write(str(sum(pool.map(lambda _: _post(api, token, end), range(threads)))))
