//! The integration tests, one binary so that they link once.

#[cfg(test)]
#[path = "../support/mod.rs"]
mod support;

#[cfg(test)]
mod ahead;
#[cfg(test)]
mod changes;
#[cfg(test)]
mod citing;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod counts;
#[cfg(test)]
mod flows;
#[cfg(test)]
mod folding;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod frames;
#[cfg(test)]
mod library;
#[cfg(test)]
mod markdown;
mod marking;
#[cfg(test)]
mod network;
#[cfg(test)]
mod places;
#[cfg(test)]
mod quoting;
#[cfg(test)]
mod readme;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod searching;
#[cfg(test)]
mod welcome;
