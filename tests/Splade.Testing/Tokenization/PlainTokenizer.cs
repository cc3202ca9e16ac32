using Splade.AI.Tokenization;

namespace Splade.Testing.Tokenization;

/// <summary>
/// A tokenizer written the obvious way, over lists and strings: the oracle of the tests and the baseline of the benchmark. It shares
/// only the Unicode tables with the library.
/// </summary>
internal abstract class PlainTokenizer(Vocabulary vocabulary, string[] specialTokens, string first, string last)
{
    protected Dictionary<string, int> Ids { get; } = vocabulary.Index().ToDictionary(token => token.Item, token => token.Index);

    public List<(int Id, TokenOffset Offset)> Encode(string text, bool specialTokensInText = true)
    {
        List<(int Id, TokenOffset Offset)> tokens = [];
        int done = 0;
        for (int at = 0; at < text.Length;)
        {
            string? special = specialTokensInText
                ? specialTokens.FirstOrDefault(token => string.CompareOrdinal(text, at, token, 0, token.Length) == 0)
                : null;
            if (special is null)
            {
                at++;
                continue;
            }

            AppendPlain(text, done, at, tokens);
            tokens.Add((Ids[special], new TokenOffset(at, at + special.Length)));
            at += special.Length;
            done = at;
        }

        AppendPlain(text, done, text.Length, tokens);
        return [(Ids[first], default), .. tokens, (Ids[last], default)];
    }

    protected abstract void AppendPlain(string text, int start, int end, List<(int Id, TokenOffset Offset)> tokens);
}
