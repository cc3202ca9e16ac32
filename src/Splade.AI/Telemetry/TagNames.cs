namespace Splade.AI.Telemetry;

/// <summary>The tags of spans and measurements, as <c>docs/telemetry.md</c> lists them.</summary>
internal static class TagNames
{
    /// <summary>The model's name.</summary>
    public const string Model = "splade.model";

    /// <summary><c>document</c>, <c>query</c>, or <c>pair</c> of both.</summary>
    public const string InputType = "splade.input_type";

    /// <summary>What a batch is run on, for example <c>cuda:0</c>.</summary>
    public const string Device = "splade.device";

    /// <summary>How many texts a call has.</summary>
    public const string Texts = "splade.texts";

    /// <summary>How many tokens were read in a call.</summary>
    public const string Tokens = "splade.tokens";

    /// <summary>How many texts of a call were cut.</summary>
    public const string TruncatedTexts = "splade.truncated_texts";

    /// <summary>The full name of the type of what a call failed with, as OpenTelemetry has it.</summary>
    public const string ErrorType = "error.type";
}
