//! Which stretches clash, everyone as they are: one that cannot be kept apart from all others, or the fewest of several.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::super::clash;
use super::programme::{Answer, Until};
use super::table::{Given, Stretch, Table, Tried};

impl Table<'_> {
    /// Few of some stretches that are proved to clash, which clash already, and what they miss; none where looking for
    /// them would take too long.
    pub(super) fn few_stretches(
        &self,
        all: &[Stretch],
        proof: &Answer,
        given: &Given,
        tried: &mut Tried,
    ) -> Option<(Vec<Stretch>, Answer)> {
        let asked: Vec<Stretch> =
            all.iter().copied().filter(|&stretch| self.asked(stretch, given) > 0).collect();
        // What may not be kept apart from all else is among what any roster misses, or what prices are of that prove it.
        let suspects = match proof.absent.as_slice() {
            [] => tried.priced(&asked),
            absent => by_missing(&asked, absent),
        };
        if let Some((stretch, known)) = self.apart(&suspects, given) {
            tried.proof = Some(known);
            return Some((vec![stretch], self.proof(&[stretch], given, tried)?));
        }
        // Where breaks matter, several stretches take longer than people wait for another conflict.
        let minds_breaks = |&(rule, _): &Stretch| self.scenario.minimum_presence[rule].on_queue;
        if tried.has_told && suspects.iter().any(minds_breaks) {
            return None;
        }
        let few = self.fewest(asked, given, tried);
        // How much is missing says by how much which of them has to give way.
        let answer = self.asked_of_all(&few, given, tried, Until::End);
        Some((few, answer.filter(Answer::is_impossible)?))
    }

    /// Stretches of which none can be left out.
    fn fewest(&self, asked: Vec<Stretch>, given: &Given, tried: &mut Tried) -> Vec<Stretch> {
        // Prices at which most is missing leave most out.
        let ended = self.asked_of_all(&asked, given, tried, Until::End);
        let missing = by_missing(&asked, &ended.map(|answer| answer.absent).unwrap_or_default());
        // What people would rather hear of stands last.
        let mut order: Vec<Stretch> =
            asked.into_iter().filter(|stretch| !missing.contains(stretch)).collect();
        order.extend(missing.into_iter().rev());
        let mut few = self.thinned(&order, given, tried);
        // What prices cannot leave out is asked side by side; what many need, few of them do.
        let mut needed: BTreeSet<Stretch> = BTreeSet::new();
        while few.len() > 1 {
            let open: Vec<Stretch> =
                few.iter().copied().filter(|it| !needed.contains(it)).collect();
            let ask = |&gone: &Stretch| {
                let left: Vec<Stretch> = few.iter().copied().filter(|it| *it != gone).collect();
                let mut tried = tried.clone();
                self.is_stuck(&left, given, &mut tried).then_some((left, tried))
            };
            let stuck: Vec<Option<(Vec<Stretch>, Tried)>> = open.par_iter().map(ask).collect();
            let idle =
                |(stretch, stuck): (&Stretch, &Option<_>)| stuck.is_none().then_some(*stretch);
            needed.extend(open.iter().zip(&stuck).filter_map(idle));
            let Some((left, learnt)) = stuck.into_iter().flatten().next() else { break };
            // What proves that the others clash may leave out more of them.
            *tried = learnt;
            few = self.thinned(&left, given, tried);
        }
        few
    }

    /// Stretches that clash without those that prices known leave out.
    fn thinned(&self, all: &[Stretch], given: &Given, tried: &Tried) -> Vec<Stretch> {
        let is_proved = |kept: &[Stretch]| self.proof(kept, given, tried).is_some();
        // What nothing is worth in at once; then ever less of the rest.
        let priced = tried.priced(all);
        let left = if is_proved(&priced) { &priced } else { all };
        let mut in_time = left.to_vec();
        in_time.sort_by_key(|&stretch| (self.span(stretch).start, stretch));
        clash::thinned(&is_proved, left, &in_time)
    }
}

/// The stretches in which people are missing, by how many, the most first.
fn by_missing(asked: &[Stretch], absent: &[(usize, i64, f64)]) -> Vec<Stretch> {
    let mut missing: BTreeMap<Stretch, f64> = BTreeMap::new();
    for &(place, _, people) in absent {
        *missing.entry(asked[place]).or_default() += people;
    }
    let mut order: Vec<Stretch> = missing.keys().copied().collect();
    order.sort_by(|one, other| missing[other].total_cmp(&missing[one]).then(one.cmp(other)));
    order
}
