"""What ``sanshen bench`` measures, each in a file of its own; see BENCHMARKS.md."""
