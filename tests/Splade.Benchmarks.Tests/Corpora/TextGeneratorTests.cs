using Splade.AI.Tokenization;
using Splade.Benchmarks.Corpora;
using Splade.Testing.Tokenization;

namespace Splade.Benchmarks.Tests.Corpora;

public sealed class TextGeneratorTests
{
    [Fact]
    public void TokenCounts_Many_AreLikeCranfields()
    {
        int[] counts = [.. TextGenerator.TokenCounts(20_000, new Random(1))];

        // The cut at 512 takes a little off the mean.
        Assert.InRange(counts.Average(), TextGenerator.MeanTokens * 0.96, TextGenerator.MeanTokens * 1.02);
        Assert.InRange(counts.Order().ElementAt(counts.Length / 2), 160, 178);
        Assert.InRange(counts.Min(), 8, 40);
        Assert.Equal(512, counts.Max());
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(256)]
    public void Text_OfSoManyTokens_HasThem(int tokens)
    {
        Tokenizer tokenizer = Tokenizer.Load(TokenizerVariant.SpladeTinyPath);
        var generator = new TextGenerator(tokenizer);
        Assert.Equal(tokens, tokenizer.CountTokens(generator.Text(tokens, seed: 1)));
        Assert.Equal(generator.Text(tokens, seed: 1), generator.Text(tokens, seed: 1));
        Assert.NotEqual(generator.Text(tokens, seed: 1), generator.Text(tokens, seed: 2));
    }
}
