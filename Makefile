.DEFAULT_GOAL := help
.PHONY: help tools demo test check long golden docs bench clean

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## */\1\t/p' $(MAKEFILE_LIST) | expand -t 10

tools: ## find or fetch cmake and libclang, which the solver's build needs
	@.ci/tools

demo: tools ## plan a week of the example team and say where its report is
	cargo run --locked -- plan scenarios/dublin-saas

check: tools ## format and lints only
	cargo fmt --all --check
	cargo clippy --locked --all-targets -- -D warnings

test: check ## format, lints, tests, documentation
	cargo test --locked
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --quiet

long: tools ## the proofs that take minutes: planted conflicts and harm, random rosters, tiny weeks counted out
	cargo test --locked --lib --test no_plan --test between --test naive_audit --test naive_presence --test harms --test repeatable -- --ignored --nocapture

golden: tools ## write expected texts and the generated reference anew; look at the difference before keeping it
	EVENKEEL_GOLDEN=1 INSTA_UPDATE=always cargo test --locked

docs: tools ## write the generated reference anew, and the pages of the library
	EVENKEEL_GOLDEN=1 cargo test --locked --test docs
	cargo doc --locked --no-deps

# Where pyworkforce and SimPy are installed, we are measured beside them; PYTHON names the interpreter.
PYTHON ?= python3

bench: tools ## planning time and gaps, sizings a second, contacts a CPU-second
	cargo build --locked
	target/debug/evenkeel bench plan
	target/debug/evenkeel bench sizing
	@$(PYTHON) benches/beside_pyworkforce.py target/debug/evenkeel
	target/debug/evenkeel bench simulation --format json | tee target/bench-simulation.json
	@if $(PYTHON) -c 'import simpy' 2>/dev/null; \
		then $(PYTHON) benches/simpy_callcenter.py target/bench-simulation.json; \
		else echo "skipped: SimPy beside it, which $(PYTHON) does not have"; fi
	test -z "$$EVENKEEL_INSTANCES" || target/debug/evenkeel bench roster "$$EVENKEEL_INSTANCES/curtois/Instance4.txt" --seconds 10
	@if test -n "$$EVENKEEL_INSTANCES" && $(PYTHON) -c 'import ortools' 2>/dev/null; \
		then $(PYTHON) benches/beside_cpsat.py target/debug/evenkeel "$$EVENKEEL_INSTANCES/curtois"; \
		else echo "skipped: CP-SAT beside public rosters: set EVENKEEL_INSTANCES, and PYTHON to one with ortools"; fi

clean: ## forget everything built; the solver then takes minutes to compile again
	cargo clean
