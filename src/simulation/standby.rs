//! Who can be reached at once: idle people, people on tickets that may pause, people with room for a chat.

/// Free of any work.
pub(super) const IDLE: usize = 0;
/// On a ticket, which pauses for a live contact.
pub(super) const ON_TICKET: usize = 1;
/// With one chat in hand and room for another; more chats follow.
pub(super) const ONE_CHAT: usize = 2;

const NOBODY: u32 = u32::MAX;

/// Lists of people by pool and post, longest there first; a person is in one list at most.
#[derive(Debug)]
pub(super) struct Standby {
    posts: usize,
    first: Vec<u32>,
    last: Vec<u32>,
    place: Vec<Place>,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    list: u32,
    before: u32,
    after: u32,
}

const NOWHERE: Place = Place { list: NOBODY, before: NOBODY, after: NOBODY };

impl Standby {
    pub(super) fn new(pools: usize, most_chats: usize, people: usize) -> Standby {
        let posts = ONE_CHAT + most_chats;
        Standby {
            posts,
            first: vec![NOBODY; pools * posts],
            last: vec![NOBODY; pools * posts],
            place: vec![NOWHERE; people],
        }
    }

    pub(super) fn clear(&mut self) {
        self.first.fill(NOBODY);
        self.last.fill(NOBODY);
        self.place.fill(NOWHERE);
    }

    /// Who has been longest in a pool's post.
    #[inline]
    pub(super) fn longest(&self, pool: usize, post: usize) -> Option<usize> {
        let person = self.first[pool * self.posts + post];
        (person != NOBODY).then_some(person as usize)
    }

    /// Who of those who may has been longest in a pool's post.
    pub(super) fn find(
        &self,
        pool: usize,
        post: usize,
        may: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        self.people(pool, post).find(|&person| may(person))
    }

    /// Who in a pool's post comes first by a figure, of equals whoever has been there longest; those without one
    /// are passed over.
    pub(super) fn least(
        &self,
        pool: usize,
        post: usize,
        figure: impl Fn(usize) -> Option<f64>,
    ) -> Option<usize> {
        let mut least: Option<(f64, usize)> = None;
        for person in self.people(pool, post) {
            if let Some(figure) = figure(person)
                && least.is_none_or(|(smallest, _)| figure < smallest)
            {
                least = Some((figure, person));
            }
        }
        least.map(|(_, person)| person)
    }

    /// Everyone in a pool's post, longest there first.
    pub(super) fn people(&self, pool: usize, post: usize) -> impl Iterator<Item = usize> {
        let name = |person: u32| (person != NOBODY).then_some(person as usize);
        let first = name(self.first[pool * self.posts + post]);
        std::iter::successors(first, move |&person| name(self.place[person].after))
    }

    /// Join a post, at the end of its list.
    #[inline]
    pub(super) fn join(&mut self, person: usize, pool: usize, post: usize) {
        self.leave(person);
        let list = pool * self.posts + post;
        let (name, before) = (small(person), self.last[list]);
        if before == NOBODY {
            self.first[list] = name;
        } else {
            self.place[before as usize].after = name;
        }
        self.last[list] = name;
        self.place[person] = Place { list: small(list), before, after: NOBODY };
    }

    /// Leave the post, where in one.
    #[inline]
    pub(super) fn leave(&mut self, person: usize) {
        let Place { list, before, after } = self.place[person];
        if list == NOBODY {
            return;
        }
        if before == NOBODY {
            self.first[list as usize] = after;
        } else {
            self.place[before as usize].after = after;
        }
        if after == NOBODY {
            self.last[list as usize] = before;
        } else {
            self.place[after as usize].before = before;
        }
        self.place[person] = NOWHERE;
    }
}

/// People, pools and contacts are numbered in four bytes.
#[inline]
pub(super) fn small(place: usize) -> u32 {
    u32::try_from(place).expect("a play holds fewer than 2^32 of anything")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_idle_is_first_whoever_leaves_between() {
        let mut standby = Standby::new(2, 3, 4);
        for person in [2, 0, 3, 1] {
            standby.join(person, 1, IDLE);
        }
        standby.leave(2);
        standby.leave(3);
        assert_eq!(standby.longest(1, IDLE), Some(0));
        standby.join(0, 1, ON_TICKET);
        assert_eq!(standby.longest(1, IDLE), Some(1));
        assert_eq!(standby.longest(1, ON_TICKET), Some(0));
        standby.leave(1);
        standby.leave(1);
        assert_eq!(standby.longest(1, IDLE), None);
        assert_eq!(standby.longest(0, IDLE), None);
    }
}
