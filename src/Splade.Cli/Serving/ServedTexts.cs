using Splade.AI;

namespace Splade.Cli.Serving;

/// <summary>What requests for vectors and scores have in common: their limits, and how texts are read.</summary>
internal sealed class ServedTexts(ServeSettings settings)
{
    private const string Right = "right";
    private const string Query = "query";
    private const string Document = "document";

    private readonly Admission _admission = new(settings.MaxConcurrentTexts);

    /// <summary>Requires that texts are not too many and not too long, and takes permits for them.</summary>
    /// <exception cref="ServingException">They are, or there are no permits left.</exception>
    public Admission.Permits Admit(string[] texts, string member)
    {
        if (texts.Length > settings.MaxBatchSize)
        {
            throw ServingException.Invalid($"batch size {texts.Length} > maximum allowed batch size {settings.MaxBatchSize}", member);
        }

        int tooLong = Array.FindIndex(texts, text => text.Length > settings.MaxCharacters);
        return tooLong < 0 ? _admission.Enter(texts.Length) : throw ServingException.Invalid(
            $"`{member}` has a text of {texts[tooLong].Length} characters at position {tooLong}, expected at most {settings.MaxCharacters}. Cut it into passages.", member);
    }

    /// <summary>What becomes of long texts.</summary>
    /// <exception cref="ServingException">They are to be cut at their beginning.</exception>
    public bool Truncates(RequestMembers request)
    {
        string direction = request.Text("truncation_direction") ?? Right;
        return direction.Equals(Right, StringComparison.OrdinalIgnoreCase) ? request.Flag("truncate") ?? settings.AutoTruncate : throw ServingException.Invalid(
            $"`truncation_direction` is {direction}, expected Right: texts are cut at their end.", "truncation_direction");
    }

    /// <summary>
    /// How texts are encoded. <c>query</c> and <c>document</c> say what they are, with the prompt that the model has for that; another name is that of a prompt.
    /// </summary>
    public static SpladeEncodingOptions Encoding(string? promptName, bool truncates) => new()
    {
        InputType = promptName == Query ? EmbeddingInputType.Query : promptName == Document ? EmbeddingInputType.Document : null,
        PromptName = promptName is null or Query or Document ? null : promptName,
        LongTextHandling = truncates ? LongTextHandling.Truncate : LongTextHandling.Throw,
    };
}
