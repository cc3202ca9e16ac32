using System.Globalization;
using System.Text;
using Splade.AI.Display;
using Splade.AI.Evaluation;
using Splade.Cli.Terminal;

namespace Splade.Cli.Evaluation;

/// <summary>The report as a table and a few sentences.</summary>
internal static class EvalTable
{
    private const string None = "";

    public static string Write(EvalReport report)
    {
        var table = new TextTable(
        [
            "RUN", .. RunEvaluation.Metrics.Select(metric => $" {MeasureNames.Title(metric)}"), " FLOPS", " QUERY DIMS", " DOC DIMS",
            $" {MeasureNames.Title(EvaluationMetric.NdcgAt10)} TO {report.BestSingle}", "95 % INTERVAL", " P",
        ]);
        foreach (EvalRun run in report.Runs)
        {
            PairedComparison? difference = run.Of(EvaluationMetric.NdcgAt10).ToBestSingle;
            table.Add(
            [
                run.Name,
                .. RunEvaluation.Metrics.Select(metric => Format($"{run.Of(metric).Value.Mean:F4}")),
                run.Cost is null ? None : Format($"{run.Cost.Flops:F2}"),
                run.Cost is null ? None : Format($"{run.Cost.QueryActiveDimensions:F1}"),
                run.Cost is null ? None : Format($"{run.Cost.DocumentActiveDimensions:F1}"),
                difference is null ? None : Signed(difference.Value.Difference.Mean),
                difference is null ? None : Interval(difference.Value.Difference),
                difference is null ? None : Format($"{difference.Value.PValue:F4}"),
            ]);
        }

        return $"{table}\n{Sentences(report)}";
    }

    private static string Sentences(EvalReport report)
    {
        var text = new StringBuilder();
        text.Append(Format($"Queries: {report.Data.Queries}; documents: {report.Data.Documents}; results for each query: {report.Data.Depth}. "));
        text.Append(report.Data.QueriesLeftOut > 0 ? Format($"Left out, without a relevant document: {report.Data.QueriesLeftOut}. ") : "");
        text.Append("p: two-sided paired randomisation test; intervals: bootstrap over queries.\n");
        text.Append(AboutIdenticalIds(report.Data));
        foreach (EvalRun run in report.Runs.Where(run => run.TruncatedDocuments > 0))
        {
            text.Append(Format($"{TerminalText.CleanLine(run.Name)}: {TerminalText.CleanLine(run.Description)} reads only the beginnings of long documents, here of {run.TruncatedDocuments}.\n"));
        }

        if (report.Tuning is EvalTuning tuning)
        {
            text.Append(Format($"Tuned: {tuning.Best} has {tuning.MeanOnAllQueries:F4} on all queries, which it was chosen by. Chosen without the queries "))
                .Append(Format($"it is measured on, tuning has {tuning.MeanHeldOut:F4}: {Signed(tuning.GainOverRrf.Difference.Mean)} "))
                .Append(Format($"{Interval(tuning.GainOverRrf.Difference)} over reciprocal rank fusion, p {tuning.GainOverRrf.PValue:F4}.\n"));
        }

        return text.ToString();
    }

    private static string AboutIdenticalIds(EvalData data)
    {
        int left = data.OwnDocumentsLeftOut, counted = data.IdenticalIds - left;
        string leftOut = left > 0 ? Format($"A query's own document was left out of what was found for it, of {left} queries (--ignore-identical-ids).\n") : "";
        return counted > 0
            ? leftOut + Format($"{counted} queries have the id of a document that counts. BEIR leaves it out, as --ignore-identical-ids always does.\n")
            : leftOut;
    }

    private static string Interval(MeanInterval interval) => $"[{Signed(interval.Low)}, {Signed(interval.High)}]";

    private static string Signed(double number) => Format($"{number:+0.0000;-0.0000;0.0000}");

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
