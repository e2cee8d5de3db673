//! Figures that the mix of contacts cannot bend.
//!
//! A team looks slower on paper as bots take the easy contacts, and one that takes the hard ones looks slower
//! than its neighbour, though each contact is handled as well as before. A fair figure weighs each class of
//! complexity by the same reference mix, whatever came in (direct standardisation):
//!
//! ```text
//! raw  = sum_k n_k x_k / sum_k n_k          fair = sum_k w_k x_k,   sum_k w_k = 1
//! O/E  = sum_k n_k x_k / sum_k n_k r_k      (indirect: few contacts, r_k the whole team's figure)
//! ```
//!
//! `n_k` contacts and `x_k` figure of class `k` in the group, `w_k` the reference mix. Two fair figures over
//! the same mix may be compared; two ratios O/E strictly only with 1 (Breslow and Day 1987, chapter 2). Classes
//! stand for difficulty: what differs within a class is not evened out.

/// What a group's contacts of one class came to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassFigure {
    /// Contacts.
    pub contacts: f64,
    /// Their mean figure.
    pub mean: f64,
}

/// The mean as the mix has it; none without contacts.
#[must_use]
pub fn raw(classes: &[Option<ClassFigure>]) -> Option<f64> {
    let counted = || classes.iter().flatten().filter(|class| class.contacts > 0.0);
    let contacts: f64 = counted().map(|class| class.contacts).sum();
    let sum: f64 = counted().map(|class| class.contacts * class.mean).sum();
    quotient(sum, contacts)
}

/// The mean over a reference mix: `figures` by class, none where nothing is known of the class.
///
/// A class without a figure leaves its weight to the others in proportion. Give it the figure it would have
/// (its last one, or the plan's) where there is one: then a class that no longer comes in changes nothing, to
/// the last bit. None where no class with a weight has a figure.
#[must_use]
pub fn direct(mix: &[f64], figures: &[Option<f64>]) -> Option<f64> {
    let known = || mix.iter().zip(figures).filter_map(|(&w, figure)| Some((w, (*figure)?)));
    let weight: f64 = known().map(|(w, _)| w).sum();
    let sum: f64 = known().map(|(w, figure)| w * figure).sum();
    quotient(sum, weight)
}

/// What was observed over what the reference figures lead to expect of the same contacts; none where nothing is
/// expected. Classes without a reference figure are left out above and below.
#[must_use]
pub fn indirect(classes: &[Option<ClassFigure>], reference: &[Option<f64>]) -> Option<f64> {
    let known = || {
        let pairs = classes.iter().zip(reference);
        pairs.filter_map(|(class, expected)| Some(((*class)?, (*expected)?)))
    };
    let observed: f64 = known().map(|(class, _)| class.contacts * class.mean).sum();
    let expected: f64 = known().map(|(class, figure)| class.contacts * figure).sum();
    quotient(observed, expected)
}

fn quotient(above: f64, below: f64) -> Option<f64> {
    let quotient = above / below;
    (below > 0.0 && quotient.is_finite()).then_some(quotient)
}

/// Shares of each class in numbers of contacts; nothing where there are none.
#[must_use]
pub fn mix_of(contacts: &[f64]) -> Vec<f64> {
    let sane = |&count: &f64| if count.is_finite() { count.max(0.0) } else { 0.0 };
    let all: f64 = contacts.iter().map(sane).sum();
    contacts.iter().map(|count| if all > 0.0 { sane(count) / all } else { 0.0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[expect(clippy::unnecessary_wraps, reason = "classes may be absent, these are there")]
    fn class(contacts: f64, mean: f64) -> Option<ClassFigure> {
        Some(ClassFigure { contacts, mean })
    }

    /// Bots take every simple contact; nobody works faster or slower than before.
    #[test]
    fn losing_the_easy_contacts_worsens_the_raw_figure_and_leaves_the_fair_one_as_it_is() {
        let mix = [0.6, 0.3, 0.1];
        let before = [class(600.0, 4.3), class(300.0, 9.7), class(100.0, 23.1)];
        let after = [None, before[1], before[2]];
        assert!(raw(&after).unwrap() > 1.5 * raw(&before).unwrap());
        let figures = before.map(|class| class.map(|class| class.mean));
        let stand_in = [figures[0], figures[1], figures[2]];
        let known: Vec<Option<f64>> = after
            .iter()
            .zip(stand_in)
            .map(|(class, old)| class.map(|it| it.mean).or(old))
            .collect();
        assert_eq!(
            direct(&mix, &known).unwrap().to_bits(),
            direct(&mix, &figures).unwrap().to_bits()
        );
    }

    /// North beats south on simple and on complex contacts, and loses in all, for it takes the complex ones
    /// (Simpson 1951).
    #[test]
    fn raw_figures_turn_round_where_fair_ones_do_not() {
        let north = [class(100.0, 0.93), class(900.0, 0.73)];
        let south = [class(900.0, 0.87), class(100.0, 0.69)];
        assert!(raw(&north) < raw(&south));
        let mean = |side: [Option<ClassFigure>; 2]| side.map(|class| class.map(|it| it.mean));
        let mix = [0.5, 0.5];
        assert!(direct(&mix, &mean(north)) > direct(&mix, &mean(south)));
        let both: Vec<Option<f64>> = (0..2).map(|k| raw(&[north[k], south[k]])).collect();
        assert!(indirect(&north, &both) > indirect(&south, &both));
    }

    #[test]
    fn one_class_has_the_same_figure_raw_and_fair() {
        let only = [class(17.0, 6.5)];
        assert_eq!(raw(&only), direct(&[1.0], &[Some(6.5)]));
        assert_eq!(indirect(&only, &[Some(6.5)]), Some(1.0));
    }

    #[test]
    fn nothing_of_nothing_has_no_figure() {
        assert_eq!(raw(&[None, class(0.0, 3.0)]), None);
        assert_eq!(direct(&[0.4, 0.6], &[None, None]), None);
        assert_eq!(direct(&[0.0, 0.0], &[Some(1.0), Some(2.0)]), None);
        assert_eq!(direct(&[1.0], &[Some(f64::NAN)]), None);
        assert_eq!(indirect(&[class(3.0, 1.0)], &[Some(0.0)]), None);
        assert_eq!(mix_of(&[0.0, f64::NAN]), [0.0, 0.0]);
    }

    proptest! {
        #[test]
        fn no_mix_of_contacts_moves_a_fair_figure(
            means in prop::array::uniform4(0.1f64..60.0),
            mix in prop::array::uniform4(0.01f64..1.0),
            one in prop::array::uniform4(1.0f64..500.0),
            other in prop::array::uniform4(1.0f64..500.0),
        ) {
            let mix = mix_of(&mix);
            let of = |contacts: [f64; 4]| -> Vec<Option<f64>> {
                let classes = contacts.iter().zip(means).map(|(&n, mean)| class(n, mean));
                classes.map(|class| class.map(|it| it.mean)).collect()
            };
            prop_assert_eq!(direct(&mix, &of(one)), direct(&mix, &of(other)));
        }

        #[test]
        fn fair_figures_lie_between_the_best_and_the_worst_class(
            means in prop::array::uniform3(0.0f64..60.0),
            mix in prop::array::uniform3(0.0f64..1.0),
        ) {
            if let Some(fair) = direct(&mix, &means.map(Some)) {
                let (least, most) =
                    means.iter().fold((f64::MAX, f64::MIN), |(a, b), &x| (a.min(x), b.max(x)));
                prop_assert!((least - 1e-9..=most + 1e-9).contains(&fair));
            }
        }
    }
}
