"""The same two models in SimPy, by callbacks, which is its quickest way: contacts in a second of processor time.

Run by `make bench` where Python and SimPy are installed; prints one line a model and how it compares with the
figures of `evenkeel bench simulation --format json`, given as the first argument.
"""

import json
import random
import sys
import time
from collections import deque

import simpy

ENOUGH_SECONDS = 3.0


class Pool:
    """People who answer by waiting time; `streams` are (calls a minute by time, done a minute, hang-ups a minute)."""

    def __init__(self, env, draws, people, streams, minutes, balking=0.0):
        self.env, self.draws, self.streams = env, draws, streams
        self.people_at, self.minutes, self.balking = people, minutes, balking
        self.busy = self.contacts = self.lost = 0
        self.queue = deque()
        for stream in range(len(streams)):
            self.next_call(stream)

    def after(self, delay, then):
        event = self.env.timeout(delay)
        event.callbacks.append(then)

    def next_call(self, stream):
        rate, _, _, most = self.streams[stream]
        # Thinning: calls at the highest rate, of which those above the present one are left out.
        self.after(self.draws.expovariate(most), lambda _: self.call(stream, rate, most))

    def call(self, stream, rate, most):
        now = self.env.now
        if now >= self.minutes:
            return
        if rate is None or self.draws.random() * most < rate(now):
            self.contacts += 1
            if self.busy < self.people_at(now):
                self.start(stream)
            elif self.balking and self.draws.random() < self.balking:
                self.lost += 1
            else:
                waiting = [stream, True]
                self.queue.append(waiting)
                self.after(self.draws.expovariate(self.streams[stream][2]), lambda _: self.give_up(waiting))
        self.next_call(stream)

    def give_up(self, waiting):
        if waiting[1]:
            waiting[1] = False
            self.lost += 1

    def start(self, stream):
        self.busy += 1
        self.after(self.draws.expovariate(self.streams[stream][1]), self.done)

    def done(self, _):
        self.busy -= 1
        self.fill(self.env.now)

    def fill(self, now):
        while self.queue and self.busy < self.people_at(now):
            stream, waits = waiting = self.queue.popleft()
            if waits:
                waiting[1] = False
                self.start(stream)


def one_pool(seed):
    """Model A: three classes of calls to one pool of 32 for two days."""
    env, draws = simpy.Environment(), random.Random(seed)
    rates = [(5.3, 0.6, 0.4), (4.3, 0.5, 0.3), (5.2, 0.4, 0.2)]
    streams = [(None, done, giving_up, calls) for calls, done, giving_up in rates]
    pool = Pool(env, draws, lambda _: 32, streams, 2880.0)
    env.run(until=2880.0)
    return pool


def call_center(seed):
    """SSJ's CallCenter: 13 hours with a rate and a staff each, scaled by a gamma factor a day."""
    calls = [100, 150, 150, 180, 200, 150, 150, 150, 120, 100, 80, 70, 60]
    people = [4, 6, 8, 8, 8, 7, 8, 8, 6, 6, 4, 4, 4]
    env, draws = simpy.Environment(), random.Random(seed)
    factor = draws.gammavariate(400.0, 1 / 400.0)

    def rate(now):
        return factor * calls[min(int(now / 60), 12)] / 60

    def people_at(now):
        return people[min(int(now / 60), 12)]

    streams = [(rate, 0.6, 0.06, factor * max(calls) / 60)]
    pool = Pool(env, draws, people_at, streams, 780.0, balking=0.1)
    for hour in range(1, 13):
        pool.after(60.0 * hour, lambda _: pool.fill(env.now))
    env.run()
    return pool


def measure(day):
    contacts = lost = days = 0
    started = time.process_time()
    while time.process_time() - started < ENOUGH_SECONDS:
        pool = day(days)
        contacts, lost, days = contacts + pool.contacts, lost + pool.lost, days + 1
    return contacts / (time.process_time() - started), lost / contacts, days


def main():
    ours = {}
    if len(sys.argv) > 1:
        with open(sys.argv[1], encoding="utf-8") as file:
            ours = json.load(file)["contacts_per_cpu_second"]
    for name, day in (("CallCenter", call_center), ("A", one_pool)):
        speed, lost, days = measure(day)
        line = f"SimPy {simpy.__version__} {name}: {speed:,.0f} contacts a CPU-second ({lost:.4f} lost, {days} days)"
        if name in ours:
            line += f"; Evenkeel {ours[name]:,.0f}, {ours[name] / speed:.0f} times as many"
        print(line)


if __name__ == "__main__":
    main()
