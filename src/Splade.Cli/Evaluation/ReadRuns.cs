using Splade.AI.Evaluation;
using Splade.Cli.Terminal;

namespace Splade.Cli.Evaluation;

/// <summary>The runs of other systems, from files, made comparable with those that are run here.</summary>
internal static class ReadRuns
{
    /// <summary>Reads all runs, cut to the depth of the others. One whose name is taken is called after its file, with a number if it must be.</summary>
    /// <param name="settings">What was asked for.</param>
    /// <param name="data">What is evaluated on.</param>
    /// <exception cref="CommandFailedException">A run has none of the queries.</exception>
    public static IReadOnlyList<RetrievalRun> ReadAll(EvalSettings settings, CheckedData data)
    {
        var taken = new HashSet<string>(EvaluatedSystems.NamesOf(settings), StringComparer.Ordinal);
        var runs = new List<RetrievalRun>();
        foreach (string path in settings.Runs)
        {
            RetrievalRun run = data.Own.LeaveOut(TrecRunFile.Read(path));
            WarnOfMissing(path, run, data.Queries);
            runs.Add(new RetrievalRun(FreeName(run.Name, path, taken), run.QueryIds.Select(id => (id, run.HitsOf(id).Take(settings.Depth)))));
        }

        return runs;
    }

    private static string FreeName(string name, string path, HashSet<string> taken)
    {
        string fileName = string.Concat(Path.GetFileNameWithoutExtension(path).Select(c => char.IsWhiteSpace(c) ? '-' : c));
        return Enumerable.Range(2, int.MaxValue - 1).Select(number => $"{fileName}-{number}").Prepend(fileName).Prepend(name).First(taken.Add);
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
