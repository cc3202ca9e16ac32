using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Tokenization;

public sealed class TokenizationOptionsTests
{
    [Fact]
    public void Default_Always_MeansTheStatedDefaults()
    {
        TokenizationOptions options = default;

        Assert.Equal(int.MaxValue, options.MaxTokens);
        Assert.True(options.AddSpecialTokens);
        Assert.True(options.SpecialTokensInText);
        Assert.Equal(new TokenizationOptions { MaxTokens = int.MaxValue, AddSpecialTokens = true, SpecialTokensInText = true }, options);
    }

    [Fact]
    public void Init_Values_AreKept()
    {
        var options = new TokenizationOptions { MaxTokens = 0, AddSpecialTokens = false, SpecialTokensInText = false };

        Assert.Equal(0, options.MaxTokens);
        Assert.False(options.AddSpecialTokens);
        Assert.False(options.SpecialTokensInText);
    }

    [Fact]
    public void MaxTokens_Negative_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>("value", () => new TokenizationOptions { MaxTokens = -1 });
}
