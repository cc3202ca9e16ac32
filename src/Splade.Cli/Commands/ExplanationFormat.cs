using Splade.AI.Explanation;
using Splade.Cli.Lines;
using Splade.Cli.Reports;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>Explanations as `splade explain` was asked to write them.</summary>
internal sealed class ExplanationFormat
{
    private readonly bool _isJson;
    private readonly bool _hasColors;
    private readonly int _width;

    public ExplanationFormat(ExplainSettings settings)
    {
        _isJson = settings.Json;
        _hasColors = TerminalOutput.HasColors(settings.Color, settings.Output);
        var defaults = new RenderingOptions();
        _width = TerminalOutput.Width(settings.Output) ?? defaults.Width;
        Options = new RenderingOptions { Top = settings.Top ?? defaults.Top };
    }

    public RenderingOptions Options { get; }

    /// <summary>What is between two explanations. Lines of JSON need nothing.</summary>
    public string Separator => _isJson ? "" : "\n";

    /// <param name="text">The explanation.</param>
    /// <param name="id">What names the line that it is of, for JSON; null for nothing.</param>
    public string Write(TextExplanation text, InputId? id) => _isJson && id is not null ? $"{id.AddTo(text.ToJson())}\n" : Write(text);

    public string Write(TextExplanation text) => _isJson ? $"{text.ToJson()}\n" : Draw(text.ToReport(Options));

    public string Write(MatchExplanation match) => _isJson ? $"{match.ToJson()}\n" : Draw(match.ToReport(Options));

    private string Draw(ExplanationReport report)
    {
        using var text = new StringWriter { NewLine = "\n" };
        TerminalOutput.Open(text, _hasColors, _width).Write(new ReportView(report));
        return text.ToString();
    }
}
