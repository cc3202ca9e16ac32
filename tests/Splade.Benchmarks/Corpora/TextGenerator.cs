using Splade.AI.Tokenization;

namespace Splade.Benchmarks.Corpora;

/// <summary>Makes texts of a wanted number of tokens out of the words of a vocabulary. The same seed gives the same texts.</summary>
/// <param name="tokenizer">The tokenizer that counts the tokens.</param>
internal sealed class TextGenerator(Tokenizer tokenizer)
{
    /// <summary>How many documents Cranfield has.</summary>
    public const int CranfieldDocuments = 1400;

    /// <summary>The mean of Cranfield's token counts.</summary>
    public const double MeanTokens = 197;

    /// <summary>The standard deviation of the logarithm of Cranfield's token counts.</summary>
    public const double LogDeviation = 0.56;

    private const int FewestTokens = 8;
    private const int ShortestWord = 3;
    private const int Seed = 30;

    private readonly string[] _words = [.. tokenizer.Vocabulary.Where(IsWord).Where(word => tokenizer.CountTokens(word) == tokenizer.SpecialTokenCount + 1)];

    /// <summary>As many texts as Cranfield has, of lengths that are distributed like its.</summary>
    public Documents LikeCranfield() => new(
        $"{CranfieldDocuments} generated texts with Cranfield's lengths",
        [.. TokenCounts(CranfieldDocuments, new Random(Seed)).Select((tokens, i) => Text(tokens, Seed + i))]);

    /// <summary>Token counts from a lognormal distribution, cut where models cut.</summary>
    public static IEnumerable<int> TokenCounts(int count, Random random)
    {
        const int MostTokens = 512;
        double location = Math.Log(MeanTokens) - (LogDeviation * LogDeviation / 2);
        return Enumerable.Range(0, count).Select(_ =>
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return Math.Clamp((int)Math.Round(Math.Exp(location + (LogDeviation * normal))), FewestTokens, MostTokens);
        });
    }

    /// <summary>A text of so many tokens, special tokens included.</summary>
    public string Text(int tokens, int seed)
    {
        var random = new Random(seed);
        return string.Join(' ', Enumerable.Range(0, tokens - tokenizer.SpecialTokenCount).Select(_ => _words[random.Next(_words.Length)]));
    }

    private static bool IsWord(string token) => token.Length >= ShortestWord && token.All(char.IsAsciiLetterLower);
}
