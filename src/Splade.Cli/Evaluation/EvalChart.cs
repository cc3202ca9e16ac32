using System.Globalization;
using System.Security;
using System.Text;
using Splade.AI.Display;
using Splade.AI.Evaluation;

namespace Splade.Cli.Evaluation;

/// <summary>The report as a chart in SVG: a panel of bars for each measure, with 95 % intervals. Follows the reader's light or dark scheme.</summary>
internal static class EvalChart
{
    private const int Panels = 2;
    private const int PanelWidth = 480;
    private const int Labels = 150;
    private const int Bars = 250;
    private const int RowHeight = 26;
    private const int Header = 64;
    private const int PanelHeader = 34;
    private const int PanelGap = 24;
    private const int Margin = 24;
    private const int MaxName = 20;

    private const string Style = """
        <style>
          :root { --back: #ffffff; --ink: #1f2328; --soft: #59636e; --line: #d1d9e0; --single: #8c959f; --fused: #0969da; --error: #1f2328; }
          @media (prefers-color-scheme: dark) {
            :root { --back: #0d1117; --ink: #f0f6fc; --soft: #9198a1; --line: #3d444d; --single: #656c76; --fused: #4493f8; --error: #f0f6fc; }
          }
          text { font: 12px system-ui, sans-serif; fill: var(--ink); }
          .title { font-size: 16px; font-weight: 600; } .soft { fill: var(--soft); } .panel { font-size: 13px; font-weight: 600; }
          .back { fill: var(--back); } .single { fill: var(--single); } .fused { fill: var(--fused); }
          .error { stroke: var(--error); stroke-width: 1.5; fill: none; } .axis { stroke: var(--line); }
        </style>
        """;

    public static string Draw(EvalReport report)
    {
        int panelHeight = PanelHeader + (report.Runs.Count * RowHeight) + PanelGap;
        int rows = (RunEvaluation.Metrics.Count + Panels - 1) / Panels;
        int width = (2 * Margin) + (Panels * PanelWidth), height = Header + (rows * panelHeight) + Margin;
        string title = $"Retrieval on {Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(report.Data.Folder)))}";
        var svg = new StringBuilder();
        Append(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\">\n");
        Append(svg, $"<title>{Escape(title)}</title>\n{Style}\n<rect class=\"back\" width=\"{width}\" height=\"{height}\"/>\n");
        Append(svg, $"<text class=\"title\" x=\"{Margin}\" y=\"30\">{Escape(title)}</text>\n");
        Append(svg, $"<text class=\"soft\" x=\"{Margin}\" y=\"50\">{report.Data.Queries} queries, {report.Data.Documents} documents. ");
        Append(svg, $"Means and 95 % intervals over queries. Blue: fusions.</text>\n");
        for (int i = 0; i < RunEvaluation.Metrics.Count; i++)
        {
            Panel(svg, report, RunEvaluation.Metrics[i], Margin + (i % Panels * PanelWidth), Header + (i / Panels * panelHeight));
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Panel(StringBuilder svg, EvalReport report, EvaluationMetric metric, int left, int top)
    {
        double highest = report.Runs.Max(run => run.Of(metric).Value.High);
        double scale = highest > 0 ? Bars / highest : 0;
        int zero = left + Labels, first = top + PanelHeader;
        Append(svg, $"<text class=\"panel\" x=\"{zero}\" y=\"{top + 22}\">{MeasureNames.Title(metric)}</text>\n");
        for (int i = 0; i < report.Runs.Count; i++)
        {
            EvalRun run = report.Runs[i];
            MeanInterval value = run.Of(metric).Value;
            int y = first + (i * RowHeight), middle = y + (RowHeight / 2);
            double end = zero + (value.Mean * scale), low = zero + (value.Low * scale), high = zero + (value.High * scale);
            Append(svg, $"<text text-anchor=\"end\" x=\"{zero - 8}\" y=\"{middle + 4}\">{Escape(Shorten(run.Name))}</text>");
            Append(svg, $"<rect class=\"{(run.IsSingle ? "single" : "fused")}\" x=\"{zero}\" y=\"{y + 4}\" width=\"{end - zero:F1}\" height=\"{RowHeight - 8}\"/>");
            Append(svg, $"<path class=\"error\" d=\"M{low:F1} {middle}H{high:F1}M{low:F1} {middle - 4}v8M{high:F1} {middle - 4}v8\"/>");
            Append(svg, $"<text x=\"{zero + Bars + 8}\" y=\"{middle + 4}\">{value.Mean:F4}</text>\n");
        }

        Append(svg, $"<path class=\"axis\" d=\"M{zero} {first}v{report.Runs.Count * RowHeight}\"/>\n");
    }

    private static string Shorten(string name) => name.Length <= MaxName ? name : $"{name[..(MaxName - 1)]}…";

    private static string Escape(string text) => SecurityElement.Escape(TerminalText.CleanLine(text));

    private static void Append(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
