using System.CommandLine;
using System.Text.Json;
using Splade.AI.Evaluation;
using Splade.Cli.Evaluation;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>Measures how well models, their fusions and BM25 find what is known to be relevant.</summary>
internal static class EvalCommand
{
    public static Command Create()
    {
        var parameters = new EvalParameters();
        var command = new Command(
            "eval",
            "Evaluate retrieval on a test collection: nDCG@10, MRR@10, recall@100 and MAP of a sparse model, a dense model, their fusions, BM25 and other runs, "
            + "with FLOPS, active dimensions, and what differences are more than chance");
        parameters.AddTo(command);
        return command.Runs((result, cancellationToken) => RunAsync(parameters.Read(result), cancellationToken));
    }

    private static async Task<int> RunAsync(EvalSettings settings, CancellationToken cancellationToken)
    {
        // What can be wrong is looked at before the minutes of encoding.
        var data = CheckedData.Open(settings, cancellationToken);
        IReadOnlyList<RetrievalRun> others = ReadRuns.ReadAll(settings, data);
        PrepareOutputs(settings);

        IReadOnlyList<EvaluatedSystem> systems = await EvaluatedSystems.RunAsync(settings, data, cancellationToken).ConfigureAwait(false);
        EvalReport report = new EvalReporter(settings, data, cancellationToken).Report(systems, others);
        await WriteAsync(settings, systems, report, cancellationToken).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static void PrepareOutputs(EvalSettings settings)
    {
        if (settings.RunOut is string folder)
        {
            Directory.CreateDirectory(folder);
        }

        if (settings.Chart is string chart)
        {
            using FileStream _ = new(chart, FileMode.OpenOrCreate, FileAccess.Write);
        }
    }

    private static async Task WriteAsync(
        EvalSettings settings, IReadOnlyList<EvaluatedSystem> systems, EvalReport report, CancellationToken cancellationToken)
    {
        foreach (EvaluatedSystem system in settings.RunOut is null ? [] : systems)
        {
            TrecRunFile.Write(Path.Combine(settings.RunOut!, $"{system.Run.Name}.trec"), system.Run);
        }

        if (settings.Chart is string chart)
        {
            await File.WriteAllTextAsync(chart, EvalChart.Draw(report), cancellationToken).ConfigureAwait(false);
        }

        string text = settings.Json ? JsonSerializer.Serialize(report, EvalJsonContext.Default.EvalReport) + "\n" : EvalTable.Write(report);
        await StandardOutput.WriteAsync(text, cancellationToken).ConfigureAwait(false);
    }
}
