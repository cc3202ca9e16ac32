using Splade.Benchmarks;
using Splade.Benchmarks.Queries;
using Splade.Benchmarks.Tokenization;

Benchmark[] benchmarks =
[
    new("tokenizer", "tokens per second on one core, against the obvious implementation", TokenizerBenchmark.Run),
    new("queries", "microseconds for one query of ten words, by a model and looked up", QueryBenchmark.Run),
];

return args switch
{
    [] or ["--help" or "-h" or "help"] => PrintHelp(Console.Out),
    [string name] when Find(name) is Benchmark benchmark => Run(benchmark, outputPath: null),
    [string name, "--output", string path] when Find(name) is Benchmark benchmark => Run(benchmark, path),
    _ => Refuse(),
};

Benchmark? Find(string name) => benchmarks.FirstOrDefault(benchmark => benchmark.Name == name);

int PrintHelp(TextWriter output)
{
    output.WriteLine("bench NAME [--output FILE]");
    output.WriteLine();
    foreach (Benchmark benchmark in benchmarks)
    {
        output.WriteLine($"  {benchmark.Name,-12} {benchmark.Summary}");
    }

    output.WriteLine();
    output.WriteLine("The table is printed, and with --output also written to FILE.");
    return 0;
}

int Refuse()
{
    Console.Error.WriteLine($"bench: found '{string.Join(' ', args)}', expected one of the following.");
    PrintHelp(Console.Error);
    return 1;
}

static int Run(Benchmark benchmark, string? outputPath)
{
    string report = benchmark.Run().Format();
    Console.Write(report);
    if (outputPath is not null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(outputPath))!);
        File.WriteAllText(outputPath, report);
    }

    return 0;
}
