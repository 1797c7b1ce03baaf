# shellcheck shell=bash
faults_of() { :; }
faults_apply_network() { :; }
faults_main() { die_usage "no faults yet"; }
