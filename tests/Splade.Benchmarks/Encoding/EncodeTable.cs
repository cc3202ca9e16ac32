using System.Globalization;
using System.Text;
using Splade.Benchmarks.Measuring;

namespace Splade.Benchmarks.Encoding;

/// <summary>Contenders as a Markdown table.</summary>
internal static class EncodeTable
{
    public static string Format(IReadOnlyList<EncodeRow> rows)
    {
        Measurement baseline = Best(rows, ContenderKind.Careful) ?? rows[0].Rates;
        var table = new StringBuilder()
            .AppendLine("| contender | docs/s, best | docs/s, median | ratio of best | ratio of medians | peak MB | growth MB | differs by |")
            .AppendLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (EncodeRow row in rows)
        {
            Measurement rates = row.Rates;
            table.Append(CultureInfo.InvariantCulture, $"| {row.Contender.Name} | {rates.Best:N1} | {rates.Median:N1} ")
                .Append(CultureInfo.InvariantCulture, $"| {rates.Best / baseline.Best:N2} | {rates.Median / baseline.Median:N2} ")
                .AppendLine(CultureInfo.InvariantCulture, $"| {Mega(row.Memory?.Peak)} | {Mega(row.Memory?.Growth)} | {Difference(row.Agreement)} |");
        }

        return table.Append(Summary(rows)).Append(Approximations(rows)).ToString();
    }

    // What users compare: this library with each of the others at its best.
    private static string Summary(IReadOnlyList<EncodeRow> rows)
    {
        if (Best(rows, ContenderKind.Ours) is null)
        {
            return "";
        }

        var text = new StringBuilder("\n");
        foreach (EncodeRow ours in rows.Where(r => r.Contender.Kind == ContenderKind.Ours))
        {
            IEnumerable<string> ratios = rows.Where(r => r.Contender.Kind != ContenderKind.Ours).Select(other => string.Create(
                CultureInfo.InvariantCulture, $"{ours.Rates.Median / other.Rates.Median:N2} times {other.Contender.Name}"));
            text.AppendLine(CultureInfo.InvariantCulture, $"{ours.Contender.Name}, by medians: {string.Join(", ", ratios)}.");
        }

        return text.ToString();
    }

    private static string Approximations(IReadOnlyList<EncodeRow> rows)
    {
        var text = new StringBuilder();
        foreach (EncodeRow row in rows.Where(r => !r.Contender.IsExact))
        {
            Agreement found = row.Agreement;
            text.AppendLine(CultureInfo.InvariantCulture, $"{row.Contender.Name} is not exact: mean cosine {found.MeanCosine:N5}, overlap of the ten heaviest entries {found.MeanTopOverlap:P1}, {found.MeanEntries:N1} entries in a vector.");
        }

        return text.ToString();
    }

    private static Measurement? Best(IReadOnlyList<EncodeRow> rows, ContenderKind kind) =>
        rows.Where(r => r.Contender.Kind == kind).Select(r => r.Rates).MaxBy(r => r.Median);

    private static string Mega(long? bytes) => bytes is long known ? (known / 1e6).ToString("N0", CultureInfo.InvariantCulture) : "-";

    private static string Difference(Agreement found) => found.LargestDifference.ToString("0.0e0", CultureInfo.InvariantCulture);
}
