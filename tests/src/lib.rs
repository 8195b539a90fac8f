//! Runners for the differential suites.
