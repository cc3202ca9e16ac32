using System.Globalization;
using System.Text;

namespace Splade.Benchmarks.Measuring;

/// <summary>Measurements as a Markdown table; the first contender is the baseline of the ratios.</summary>
/// <param name="unit">What is counted, for example <c>tokens</c>.</param>
/// <param name="item">What memory is counted by, for example <c>text</c>.</param>
/// <param name="itemsPerRun">How many of them a run goes through.</param>
internal sealed class ContenderTable(string unit, string item, long itemsPerRun)
{
    public string Format(IReadOnlyList<Measurement> measurements)
    {
        Measurement baseline = measurements[0];
        var table = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"| contender | {unit}/s, best | {unit}/s, median | ratio of best | ratio of medians ")
            .AppendLine(CultureInfo.InvariantCulture, $"| bytes allocated per {item} |")
            .AppendLine("|---|---:|---:|---:|---:|---:|");
        foreach (Measurement measured in measurements)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {measured.Name} | {measured.Best:N0} | {measured.Median:N0} ")
                .Append(CultureInfo.InvariantCulture, $"| {measured.Best / baseline.Best:N2} | {measured.Median / baseline.Median:N2} ")
                .AppendLine(CultureInfo.InvariantCulture, $"| {(double)measured.AllocatedBytes / itemsPerRun:N0} |");
        }

        return table.ToString();
    }
}
