mod faults;
mod sample;
mod tamper;
