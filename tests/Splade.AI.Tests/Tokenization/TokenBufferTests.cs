using Splade.AI.Tokenization;
using Splade.Testing.Tokenization;

namespace Splade.AI.Tests.Tokenization;

public sealed class TokenBufferTests
{
    [Fact]
    public void Encode_BufferUsedBefore_HoldsTheNewTextOnly()
    {
        Tokenizer tokenizer = Tokenizer.Load(TokenizerVariant.SpladeTinyPath);
        var tokens = new TokenBuffer();
        tokenizer.Encode("a longer text that is cut", tokens, new TokenizationOptions { MaxTokens = 3 });
        Assert.True(tokens.Truncated);

        tokenizer.Encode("hello", tokens);

        Assert.Equal([101, 7592, 102], tokens.Ids.ToArray());
        Assert.Equal([default, new TokenOffset(0, 5), default], tokens.Offsets.ToArray());
        Assert.False(tokens.Truncated);
    }

    [Fact]
    public void Clear_Used_IsEmpty()
    {
        var tokens = new TokenBuffer();
        Tokenizer.Load(TokenizerVariant.SpladeTinyPath).Encode("hello", tokens, new TokenizationOptions { MaxTokens = 2 });

        tokens.Clear();

        Assert.Equal(0, tokens.Count);
        Assert.True(tokens.Ids.IsEmpty);
        Assert.True(tokens.Offsets.IsEmpty);
        Assert.False(tokens.Truncated);
    }
}
