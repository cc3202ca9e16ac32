using System.Text.Json;
using Splade.AI.Tokenization.Normalizers;

namespace Splade.AI.Tokenization.Loading;

/// <summary>Reads the <c>added_tokens</c> of a <c>tokenizer.json</c>.</summary>
internal static class AddedTokenReader
{
    /// <summary>The elements as they are listed.</summary>
    /// <exception cref="JsonException">One is no added token.</exception>
    public static AddedTokenJson[] Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => [.. json.EnumerateArray().Select(AddedTokenJson.Read)],
        _ when JsonParts.IsAbsent(json) => [],
        var kind => throw new JsonException($"The added_tokens are of kind {kind}, not a list."),
    };

    /// <summary>The tokens of the model and, behind them, the added tokens that the model does not have.</summary>
    public static Vocabulary Extend(string[] modelTokens, Dictionary<string, int> modelIds, AddedTokenJson[] added, string path)
    {
        List<string> tokens = [.. modelTokens];
        var ids = new Dictionary<string, int>(modelIds);
        foreach (AddedTokenJson token in added)
        {
            if (token.Content.Length == 0)
            {
                throw new SpladeModelException(
                    $"Found added token {token.Id} without content, expected text. Remove it from added_tokens.", path);
            }

            if (ids.TryAdd(token.Content, tokens.Count))
            {
                tokens.Add(token.Content);
            }

            // Hugging Face would go on with its own id, against what the file says and the model was trained with.
            if (ids[token.Content] != token.Id)
            {
                throw new SpladeModelException(
                    $"Found id {token.Id} for added token '{token.Content}', expected {ids[token.Content]}: its id in the vocabulary, "
                    + "or the next free one. Save the tokenizer again.",
                    path);
            }
        }

        return new Vocabulary([.. tokens], ids);
    }

    /// <summary>The tokens to find in the text as it is.</summary>
    public static IEnumerable<AddedToken> ReadVerbatim(AddedTokenJson[] added) =>
        Distinct(added).Where(token => !token.Normalized).Select(token => Read(token, token.Content));

    /// <summary>The tokens to find in the normalized text, in their normalized form.</summary>
    public static IEnumerable<AddedToken> ReadNormalized(AddedTokenJson[] added, NormalizerChain normalizers, string path) =>
        Distinct(added).Where(token => token.Normalized).Select(token => Read(token, Normalize(token, normalizers, path)));

    // Of tokens that are listed twice the last counts, as in Hugging Face.
    private static IEnumerable<AddedTokenJson> Distinct(AddedTokenJson[] added) =>
        added.GroupBy(token => token.Id).Select(same => same.Last());

    private static string Normalize(AddedTokenJson token, NormalizerChain normalizers, string path)
    {
        AlignedText normalized = normalizers.Normalize(token.Content, 0, token.Content.Length, new WorkingMemory());
        if (normalized.Length == 0)
        {
            throw new SpladeModelException(
                $"Found added token {token.Id}, '{token.Content}', of which the normalizer leaves nothing, expected some text. "
                + "Set its normalized to false.",
                path);
        }

        return normalized.Text.ToString();
    }

    private static AddedToken Read(AddedTokenJson token, string content) => new(token.Id, content)
    {
        Special = token.Special,
        SingleWord = token.SingleWord,
        TakesSpaceBefore = token.Lstrip,
        TakesSpaceAfter = token.Rstrip,
    };
}
