// Torch's random generator and thread count are global to the process: a test that seeds the generator would be disturbed by another that
// draws from it in parallel.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
