using Splade.AI.Tokenization;

namespace Splade.AI.Tests.OnnxGraph;

/// <summary>Batches of random tokens, with padding.</summary>
internal static class TokenBatches
{
    public static TokenBatch Random(int seed, params int[] lengths)
    {
        var random = new Random(seed);

        // The smallest vocabulary of the fixtures; the first ids are the models' special tokens.
        int[][] texts = [.. lengths.Select(n => Enumerable.Range(0, n).Select(_ => random.Next(5, 2900)).ToArray())];
        return new TokenBatch(texts, padTokenId: 1);
    }

    /// <summary>The batches that every rewrite is tried on.</summary>
    public static IEnumerable<TokenBatch> All => [Random(1, 1), Random(2, 3, 17, 40), Random(3, 40, 1, 2), Random(4, 9)];
}
