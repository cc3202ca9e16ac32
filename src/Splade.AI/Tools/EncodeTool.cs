using Splade.AI.Explanation;

namespace Splade.AI.Tools;

/// <summary>Encodes a text and tells its heaviest terms.</summary>
internal static class EncodeTool
{
    private static readonly ToolParameter<ToolText> Text = ToolParameters.Text("text", "The text to encode.");

    private static readonly ToolParameter<int> Top =
        ToolParameters.Top("How many terms to list, the heaviest first.", options => options.DefaultTerms);

    private static readonly ToolParameter<EmbeddingInputType> InputType = ToolParameters.Choice(
        "input_type", "Whether the text is a document to be found or a query: some models read them differently.", EmbeddingInputType.Document);

    public static Tool Definition { get; } = new(
        "splade_encode",
        "Shows what a search engine with learned sparse vectors (SPLADE) understands of a text: the weighted terms it is indexed under. "
            + "'literal' terms stand in the text, the others were added by the model as related. Use it to see which words a text can be found by.",
        [Text, Top, InputType],
        RunAsync);

    private static async Task<ToolResult> RunAsync(ToolCall call)
    {
        ToolText text = Text.Read(call);
        var options = new ExplanationOptions
        {
            Encoding = new SpladeEncodingOptions { InputType = InputType.Read(call) },
            Spans = false,
            Top = Top.Read(call),
        };
        ISparseExplainer encoder = await call.GetEncoderAsync().ConfigureAwait(false);
        TextExplanation explained = await encoder.ExplainAsync(text.Text, options, call.CancellationToken).ConfigureAwait(false);
        bool truncated = text.IsCut || explained.Truncated;
        return new EncodeResult
        {
            Terms = ToolTerms.Tell(explained.Terms, explained),
            TotalTerms = explained.TermCount,
            TokenCount = explained.TokenCount,
            Truncated = truncated,
            Note = truncated ? ToolNotes.EndNotRead : null,
        };
    }
}

/// <summary>What <c>splade_encode</c> returns.</summary>
internal sealed record EncodeResult : ToolResult
{
    /// <summary>The terms of the text's vector, the heaviest first: as many as were asked for.</summary>
    public IReadOnlyList<ToolTerm>? Terms { get; init; }

    /// <summary>How many terms the vector has, whether they are listed or not.</summary>
    public int? TotalTerms { get; init; }

    /// <summary>How many tokens were read, special tokens included.</summary>
    public int? TokenCount { get; init; }

    /// <summary>Whether the text's end was not read.</summary>
    public bool? Truncated { get; init; }
}
