//! Which groups a figure may speak of.
//!
//! Three things keep a person from being told by a report: no group is smaller than the least number; where the
//! groups shown leave a remainder of the team, the remainder is as large, so that taking them away from the team's
//! figure tells of nobody; and a figure that was told before is not told again of a group that differs from the
//! one before by fewer people than that, so that a leaver or a newcomer is not the difference of two reports.

use std::collections::{BTreeMap, BTreeSet};

/// Most parts of a team shown at once: every sum of them is held against every sum told before.
const MOST_PARTS: usize = 8;

/// People a figure speaks of together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group<P, T> {
    /// Their tier; none: the whole team.
    pub tier: Option<T>,
    /// Who.
    pub people: BTreeSet<P>,
}

/// The groups that may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown<P, T> {
    /// The team first, where it may be shown, then tiers from the lowest.
    pub groups: Vec<Group<P, T>>,
    /// Tiers that have people and are not shown.
    pub left_out: usize,
    /// Why less is shown than the sizes of the groups would let: people came or went since a report before.
    pub is_guarded: bool,
}

/// Sets of people whose figures are known: groups shown that do not overlap, and what they leave of the team.
pub type Told<P> = Vec<BTreeSet<P>>;

/// A tier and its people.
type Part<P, T> = (T, BTreeSet<P>);

/// Choose the groups to show of a team, given what was told before.
#[must_use]
pub fn shown<P: Ord + Clone, T: Ord + Clone>(
    everyone: &[(P, T)],
    smallest: usize,
    before: &[Told<P>],
) -> Shown<P, T> {
    let team: BTreeSet<P> = everyone.iter().map(|(agent, _)| agent.clone()).collect();
    let mut tiers: BTreeMap<T, BTreeSet<P>> = BTreeMap::new();
    for (agent, tier) in everyone {
        tiers.entry(tier.clone()).or_default().insert(agent.clone());
    }
    let mut parts: Vec<Part<P, T>> =
        tiers.iter().map(|(tier, people)| (tier.clone(), people.clone())).collect();
    parts.retain(|(_, people)| people.len() >= smallest);
    // Largest first; of equals the lower tier.
    parts.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(&b.0)));
    parts.truncate(MOST_PARTS);

    let is_safe = |told: &Told<P>| before.iter().all(|old| keeps_apart(told, old, smallest));
    let whole = |count: usize| {
        let told = with_remainder(&parts[..count], &team);
        let is_whole = team.len() >= smallest && told.iter().all(|set| set.len() >= smallest);
        (is_whole && is_safe(&told)).then_some((true, parts[..count].to_vec()))
    };
    let most = (0..=parts.len()).rev();
    let (is_team, kept) =
        most.clone().find_map(whole).unwrap_or_else(|| (false, one_by_one(&parts, is_safe)));

    let unguarded = most.map(|count| with_remainder(&parts[..count], &team));
    let could = unguarded
        .filter(|told| told.iter().all(|set| set.len() >= smallest))
        .map(|told| told.len())
        .max();
    let is_guarded = could.is_some_and(|could| {
        let told = with_remainder(&kept, &team).len();
        !is_team || told < could
    });
    let mut groups: Vec<Group<P, T>> =
        is_team.then(|| Group { tier: None, people: team.clone() }).into_iter().collect();
    let mut kept = kept;
    kept.sort_by(|a, b| a.0.cmp(&b.0));
    let left_out = tiers.len() - kept.len();
    groups.extend(kept.into_iter().map(|(tier, people)| Group { tier: Some(tier), people }));
    Shown { groups, left_out, is_guarded }
}

impl<P: Ord + Clone, T> Shown<P, T> {
    /// What a report of these groups tells, for the next one to keep apart from.
    #[must_use]
    pub fn told(&self) -> Told<P> {
        let tiers = self.groups.iter().filter(|group| group.tier.is_some());
        let mut told: Told<P> = tiers.map(|group| group.people.clone()).collect();
        if let Some(team) = self.groups.iter().find(|group| group.tier.is_none()) {
            let rest: BTreeSet<P> = team
                .people
                .iter()
                .filter(|agent| !told.iter().any(|set| set.contains(agent)))
                .cloned()
                .collect();
            told.extend((!rest.is_empty()).then_some(rest));
        }
        told
    }
}

/// The groups to show of those who work, and what is told of the team by that.
///
/// Whoever does not work has a figure that everybody knows, so that groups are as large as the least number without
/// them too; who belongs to the team, and not who works this week, is held against what was told before.
#[must_use]
pub fn shown_at_work<P: Ord + Clone, T: Ord + Clone>(
    team: &[(P, T)],
    at_work: &BTreeSet<P>,
    smallest: usize,
    before: &[Told<P>],
) -> (Shown<P, T>, Told<P>) {
    let of_team = shown(team, smallest, before);
    let is_shown = |tier: Option<&T>| of_team.groups.iter().any(|own| own.tier.as_ref() == tier);
    let working: Vec<(P, Option<T>)> = team
        .iter()
        .filter(|(person, _)| at_work.contains(person))
        .map(|(person, tier)| (person.clone(), is_shown(Some(tier)).then(|| tier.clone())))
        .collect();
    let of_work = shown(&working, smallest, &[]);
    let mut groups = Vec::new();
    for group in of_work.groups {
        match group.tier {
            None if is_shown(None) => groups.push(Group { tier: None, people: group.people }),
            Some(Some(tier)) => groups.push(Group { tier: Some(tier), people: group.people }),
            _ => {}
        }
    }
    let tiers: BTreeSet<&T> = team.iter().map(|(_, tier)| tier).collect();
    let left_out = tiers.len() - groups.iter().filter(|group| group.tier.is_some()).count();
    let told = of_team.told();
    (Shown { groups, left_out, is_guarded: of_team.is_guarded }, told)
}

/// Parts without the team's own figure, as many as are safe.
fn one_by_one<P: Ord + Clone, T: Clone>(
    parts: &[Part<P, T>],
    is_safe: impl Fn(&Told<P>) -> bool,
) -> Vec<Part<P, T>> {
    let mut kept: Vec<Part<P, T>> = Vec::new();
    for part in parts {
        kept.push(part.clone());
        let told = kept.iter().map(|(_, people)| people.clone()).collect();
        if !is_safe(&told) {
            kept.pop();
        }
    }
    kept
}

fn with_remainder<P: Ord + Clone, T>(parts: &[Part<P, T>], team: &BTreeSet<P>) -> Told<P> {
    let mut told: Told<P> = parts.iter().map(|(_, people)| people.clone()).collect();
    let rest: BTreeSet<P> =
        team.iter().filter(|agent| !told.iter().any(|set| set.contains(agent))).cloned().collect();
    if !rest.is_empty() {
        told.push(rest);
    }
    told
}

/// Whether every sum of figures told now and every sum told before differ by nobody or by enough people.
///
/// The figures of sets that do not overlap are rows of a bipartite graph, a person an edge from their set now to
/// their set before. What follows from such rows are differences of sums, and those that speak of the fewest
/// people have factors of one (the matrix is totally unimodular), so that trying all sums is enough.
fn keeps_apart<P: Ord>(now: &Told<P>, before: &Told<P>, smallest: usize) -> bool {
    let place = |told: &Told<P>, agent: &P| told.iter().position(|set| set.contains(agent));
    let mut classes: BTreeMap<(Option<usize>, Option<usize>), usize> = BTreeMap::new();
    let everyone: BTreeSet<&P> = now.iter().chain(before).flatten().collect();
    for agent in everyone {
        *classes.entry((place(now, agent), place(before, agent))).or_default() += 1;
    }
    let holds = |sum: u32, set: Option<usize>| set.is_some_and(|set| sum >> set & 1 == 1);
    let sums = |told: &Told<P>| 0..1_u32 << told.len().min(31);
    sums(now).all(|ours| {
        sums(before).all(|theirs| {
            let apart: usize = classes
                .iter()
                .filter(|((own, old), _)| holds(ours, *own) != holds(theirs, *old))
                .map(|(_, count)| count)
                .sum();
            // A sum of one report alone is as large as its sets, which their own rule sees to.
            ours == 0 || theirs == 0 || apart == 0 || apart >= smallest
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{AgentId, Id, TierId};
    use proptest::prelude::*;

    fn team(sizes: &[usize]) -> Vec<(AgentId, TierId)> {
        let tiers = sizes.iter().enumerate();
        let tiers = tiers.flat_map(|(tier, &size)| std::iter::repeat_n(TierId::at(tier), size));
        tiers.enumerate().map(|(agent, tier)| (AgentId::at(agent), tier)).collect()
    }

    fn tiers(shown: &Shown<AgentId, TierId>) -> Vec<Option<usize>> {
        shown.groups.iter().map(|group| group.tier.map(Id::index)).collect()
    }

    #[test]
    fn four_people_are_no_group_and_five_are() {
        assert!(shown(&team(&[4]), 5, &[]).groups.is_empty());
        assert_eq!(tiers(&shown(&team(&[5]), 5, &[])), [None, Some(0)]);
    }

    #[test]
    fn a_small_tier_takes_the_smallest_shown_one_with_it() {
        assert_eq!(tiers(&shown(&team(&[12, 8, 2]), 5, &[])), [None, Some(0)]);
        assert_eq!(tiers(&shown(&team(&[12, 8, 3, 2]), 5, &[])), [None, Some(0), Some(1)]);
    }

    #[test]
    fn leaders_see_groups_of_eight() {
        assert_eq!(tiers(&shown(&team(&[12, 7, 2]), 8, &[])), [None, Some(0)]);
        assert!(shown(&team(&[7]), 8, &[]).groups.is_empty());
    }

    #[test]
    fn the_same_team_is_shown_again_as_it_was() {
        let first = shown(&team(&[12, 8, 3, 2]), 5, &[]);
        assert_eq!(shown(&team(&[12, 8, 3, 2]), 5, &[first.told()]), first);
    }

    #[test]
    fn when_one_person_leaves_only_the_tiers_they_were_not_in_are_shown() {
        let before = team(&[9, 9]);
        let first = shown(&before, 5, &[]);
        let after: Vec<_> = before[..17].to_vec();
        let second = shown(&after, 5, &[first.told()]);
        assert_eq!(tiers(&second), [Some(0)]);
        assert!(second.is_guarded && !first.is_guarded);
    }

    #[test]
    fn a_tier_of_which_four_work_is_not_shown_nor_left_as_the_remainder() {
        let all = team(&[9, 9, 6]);
        let at_work: BTreeSet<AgentId> = (0..22).map(AgentId::at).collect();
        let (of_work, told) = shown_at_work(&all, &at_work, 5, &[]);
        assert_eq!(tiers(&of_work), [None, Some(0)]);
        assert_eq!(told.len(), 3);
    }

    /// Figures known of sets, as rows of a linear system over a large prime; whose figure follows from them?
    fn told_persons(sets: &[BTreeSet<AgentId>], people: usize) -> Vec<usize> {
        const PRIME: i128 = 2_147_483_647;
        let inverse = |value: i128| {
            let (mut result, mut base, mut power) = (1, value.rem_euclid(PRIME), PRIME - 2);
            while power > 0 {
                if power & 1 == 1 {
                    result = result * base % PRIME;
                }
                base = base * base % PRIME;
                power >>= 1;
            }
            result
        };
        let mut rows: Vec<Vec<i128>> = sets
            .iter()
            .map(|set| (0..people).map(|who| i128::from(set.contains(&AgentId::at(who)))).collect())
            .collect();
        let mut rank = 0;
        for column in 0..people {
            let Some(pivot) = (rank..rows.len()).find(|&row| rows[row][column] != 0) else {
                continue;
            };
            rows.swap(rank, pivot);
            let scale = inverse(rows[rank][column]);
            for value in &mut rows[rank] {
                *value = *value * scale % PRIME;
            }
            let pivot = rows[rank].clone();
            for (_, values) in rows.iter_mut().enumerate().filter(|(row, _)| *row != rank) {
                let factor = values[column];
                for (value, own) in values.iter_mut().zip(&pivot) {
                    *value = (*value - own * factor).rem_euclid(PRIME);
                }
            }
            rank += 1;
        }
        // In reduced form a person follows from the figures where a row speaks of that person alone.
        let alone = rows.iter().filter(|row| row.iter().filter(|value| **value != 0).count() == 1);
        alone.filter_map(|row| row.iter().position(|value| *value != 0)).collect()
    }

    fn every_set(shown: &Shown<AgentId, TierId>) -> Vec<BTreeSet<AgentId>> {
        shown.groups.iter().map(|group| group.people.clone()).collect()
    }

    #[test]
    fn the_attack_finds_whoever_left_where_nobody_guards() {
        let everyone: BTreeSet<AgentId> = (0..6).map(AgentId::at).collect();
        let without: BTreeSet<AgentId> = (0..5).map(AgentId::at).collect();
        assert_eq!(told_persons(&[everyone, without], 6), [5]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn no_person_follows_from_a_report_nor_from_two_in_a_row(
            before in prop::collection::vec(prop::option::weighted(0.8, 0usize..5), 1..60),
            moves in prop::collection::vec((0usize..60, prop::option::of(0usize..5)), 0..12),
            smallest in prop::sample::select(vec![5usize, 8]),
        ) {
            let mut after = before.clone();
            for (who, tier) in moves {
                if let Some(own) = after.get_mut(who) {
                    *own = tier;
                }
            }
            let team = |tiers: &[Option<usize>]| -> Vec<(AgentId, TierId)> {
                let here = tiers.iter().enumerate();
                here.filter_map(|(who, tier)| Some((AgentId::at(who), TierId::at((*tier)?)))).collect()
            };
            let first = shown(&team(&before), smallest, &[]);
            let second = shown(&team(&after), smallest, &[first.told()]);
            for report in [&first, &second] {
                prop_assert!(report.groups.iter().all(|group| group.people.len() >= smallest));
                prop_assert!(report.told().iter().all(|set| set.len() >= smallest));
            }
            let mut sets = every_set(&first);
            sets.extend(every_set(&second));
            prop_assert_eq!(told_persons(&sets, before.len()), Vec::<usize>::new());
        }
    }
}
