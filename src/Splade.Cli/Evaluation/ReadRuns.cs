using Splade.AI.Evaluation;
using Splade.Cli.Commands;
using Splade.Cli.Terminal;

namespace Splade.Cli.Evaluation;

/// <summary>The runs of other systems, from files, made comparable with those that are run here.</summary>
internal static class ReadRuns
{
    private static readonly string[] OwnNames =
        ["bm25", "sparse", "dense", "rrf", "min-max", "theoretical-min-max", "distribution-based", "tuned"];

    /// <summary>Reads all runs, cut to the depth of the others. One whose name is taken is called after its file.</summary>
    /// <exception cref="CommandFailedException">A run has none of the queries, or two have one name.</exception>
    public static IReadOnlyList<RetrievalRun> ReadAll(EvalSettings settings, EvaluationQuery[] queries)
    {
        var taken = new HashSet<string>(OwnNames, StringComparer.Ordinal);
        var runs = new List<RetrievalRun>();
        foreach (string path in settings.Runs)
        {
            RetrievalRun run = TrecRunFile.Read(path);
            string name = taken.Contains(run.Name) ? Path.GetFileNameWithoutExtension(path) : run.Name;
            if (!taken.Add(name))
            {
                throw new CommandFailedException($"{path}: Another run is called {name}. Change the last column of the file, or rename it.");
            }

            WarnOfMissing(path, run, queries);
            runs.Add(new RetrievalRun(name, run.QueryIds.Select(id => (id, run.HitsOf(id).Take(settings.Depth)))));
        }

        return runs;
    }

    private static void WarnOfMissing(string path, RetrievalRun run, EvaluationQuery[] queries)
    {
        int missing = queries.Count(query => run.HitsOf(query.Id).Count == 0);
        if (missing == queries.Length)
        {
            throw new CommandFailedException($"{path}: It has none of the {missing} judged queries. Check that it is a run of this collection.");
        }

        if (missing > 0)
        {
            StandardError.WriteLine($"{path}: It lacks {missing} of {queries.Length} queries, which count as 0.");
        }
    }
}
