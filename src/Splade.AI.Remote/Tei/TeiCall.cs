using Microsoft.Extensions.AI;
using Splade.AI.Remote.Requests;
using Splade.AI.Tokenization;

namespace Splade.AI.Remote.Tei;

/// <summary>What a call of a generator asks for, in the words of the server.</summary>
/// <param name="Truncates">Whether the server cuts long texts; it is always told, since its own choice differs by version.</param>
/// <param name="PromptName">The server's prompt; null for none.</param>
/// <param name="Prompt">A prompt that is put before each text here; null for none.</param>
/// <param name="MaxActiveDimensions">How many entries are kept; null for all.</param>
internal sealed record TeiCall(bool Truncates, string? PromptName, string? Prompt, int? MaxActiveDimensions)
{
    /// <summary>What a call asks for, and where it does not, the generator's options.</summary>
    /// <exception cref="ArgumentException">It asks for what a server cannot do.</exception>
    public static TeiCall Of(TeiEncoderOptions defaults, EmbeddingGenerationOptions? options)
    {
        SpladeEncodingOptions said = (options as SpladeEmbeddingGenerationOptions)?.Encoding ?? new SpladeEncodingOptions();
        if (said.MaxTokens is int tokens)
        {
            throw new ArgumentException(
                $"The options ask for at most {tokens} tokens of a text, and the server reads as many as it was started with. Leave "
                + $"{nameof(SpladeEncodingOptions.MaxTokens)} unset.",
                nameof(options));
        }

        LongTextHandling handling = said.LongTextHandling ?? defaults.LongTextHandling;
        if (handling is not (LongTextHandling.Throw or LongTextHandling.Truncate))
        {
            throw new ArgumentException(
                $"The options ask for {handling}, and a server has no sliding window. Set {nameof(SpladeEncodingOptions.LongTextHandling)} to "
                + $"{nameof(LongTextHandling.Throw)} or {nameof(LongTextHandling.Truncate)}, or cut texts into passages.",
                nameof(options));
        }

        string? named = (said.InputType ?? defaults.InputType) == EmbeddingInputType.Query ? defaults.QueryPromptName : defaults.DocumentPromptName;
        string? name = said.Prompt is null ? said.PromptName ?? named : null;
        return new TeiCall(handling == LongTextHandling.Truncate, name, said.Prompt, said.MaxActiveDimensions);
    }

    /// <summary>The texts as they are sent.</summary>
    /// <exception cref="ArgumentException">A text is null; the message has its position.</exception>
    public string[] Read(IEnumerable<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] texts = values.ToArray();
        int missing = Array.IndexOf(texts, null);
        if (missing >= 0)
        {
            throw new ArgumentException($"The text at position {missing} is null. Leave it out, or give an empty text.", nameof(values));
        }

        return string.IsNullOrEmpty(Prompt) ? texts : Array.ConvertAll(texts, text => Prompt + text);
    }

    /// <summary>What requests have beside the texts.</summary>
    /// <param name="more">Members of one path only.</param>
    public RequestEnvelope Envelope(params ReadOnlySpan<(string Name, string Json)> more) => new(
        "inputs",
        [
            ("truncate", RequestEnvelope.Json(Truncates)),
            ("truncation_direction", RequestEnvelope.Json("Right")),
            .. PromptName is null ? (ReadOnlySpan<(string, string)>)[] : [("prompt_name", RequestEnvelope.Json(PromptName))],
            .. more,
        ]);

    /// <summary>The tokens of each text by the tokenizer that is here; null where none is, or where the server puts a prompt of its own before them.</summary>
    public int[]? CountTokens(TeiModel model, string[] texts) =>
        model.Tokenizer is Tokenizer tokenizer && PromptName is null ? Array.ConvertAll(texts, text => tokenizer.CountTokens(text)) : null;
}
