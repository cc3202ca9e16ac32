using Splade.AI.Explanation;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>Explanations as `splade explain` was asked to write them.</summary>
internal sealed class ExplanationFormat
{
    private readonly bool _isJson;
    private readonly bool _hasColors;

    public ExplanationFormat(ExplainSettings settings)
    {
        _isJson = settings.Json;
        _hasColors = TerminalOutput.HasColors(settings.Color, settings.Output);
        var defaults = new RenderingOptions();
        Options = new RenderingOptions { Top = settings.Top ?? defaults.Top, Width = TerminalOutput.Width(settings.Output) ?? defaults.Width };
    }

    public RenderingOptions Options { get; }

    /// <summary>What is between two explanations. Lines of JSON need nothing.</summary>
    public string Separator => _isJson ? "" : "\n";

    public string Write(TextExplanation text) => _isJson ? $"{text.ToJson()}\n" : _hasColors ? text.ToAnsi(Options) : text.ToText(Options);

    public string Write(MatchExplanation match) => _isJson ? $"{match.ToJson()}\n" : _hasColors ? match.ToAnsi(Options) : match.ToText(Options);
}
