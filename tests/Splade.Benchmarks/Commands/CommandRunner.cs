using Splade.Benchmarks.Measuring;

namespace Splade.Benchmarks.Commands;

/// <summary>Finds the command that is asked for, and runs it.</summary>
internal static class CommandRunner
{
    public static int Run(string[] args, CommandList commands)
    {
        try
        {
            if (args is [] or ["--help" or "-h" or "help"])
            {
                PrintHelp(Console.Out, commands);
            }
            else if (commands.Children.FirstOrDefault(c => c.Name == args[0]) is ChildCommand child)
            {
                child.Run(Arguments.Parse(args[1..], child.Options));
            }
            else
            {
                Benchmark benchmark = commands.Benchmarks.FirstOrDefault(b => b.Name == args[0])
                    ?? throw new UsageException($"found '{args[0]}', expected one of {string.Join(", ", commands.Benchmarks.Select(b => b.Name))}. See --help.");
                return RunBenchmark(benchmark, args[1..]);
            }

            return 0;
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine($"bench: {e.Message}");
            return 1;
        }
    }

    private static int RunBenchmark(Benchmark benchmark, string[] args)
    {
        if (args is ["--help" or "-h"])
        {
            PrintOptions(Console.Out, [.. benchmark.Options, .. Benchmark.Common]);
            return 0;
        }

        Arguments arguments = Arguments.Parse(args, [.. benchmark.Options, .. Benchmark.Common]);
        if (arguments.Rest.Count > 0 && !benchmark.TakesFilter)
        {
            throw new UsageException($"found '{arguments.Rest[0]}', expected options only. See {benchmark.Name} --help.");
        }

        Report result = benchmark.Run(arguments);
        string report = result.Format();
        Console.Write(report);
        if (arguments.Text("--output") is string path)
        {
            Write(path, report);
        }

        // A table of nothing does not take the place of an old one.
        if (arguments.Has("--save") && result.Tables.Count > 0)
        {
            Write(Path.Combine(Repository.Root, "benchmarks", Machine.FolderName, (result.FileName ?? benchmark.Name) + ".md"), report);
        }

        if (result.Failure is string failure)
        {
            Console.Error.WriteLine($"bench: {failure}");
            return 1;
        }

        return 0;
    }

    private static void Write(string path, string report)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, report);
    }

    private static void PrintHelp(TextWriter output, CommandList commands)
    {
        output.WriteLine("bench NAME [options]        bench NAME --help");
        foreach (Benchmark benchmark in commands.Benchmarks)
        {
            output.WriteLine();
            output.WriteLine($"  {benchmark.Name,-12} {benchmark.Summary}");
            PrintOptions(output, benchmark.Options);
        }

        output.WriteLine();
        output.WriteLine("All of them print their tables, and take:");
        PrintOptions(output, Benchmark.Common);
    }

    private static void PrintOptions(TextWriter output, IEnumerable<BenchmarkOption> options)
    {
        foreach (BenchmarkOption option in options)
        {
            output.WriteLine($"    {option.Name + " " + option.Value,-28} {option.Help}");
        }
    }
}
