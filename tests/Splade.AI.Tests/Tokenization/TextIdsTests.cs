using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Tokenization;

public sealed class TextIdsTests
{
    [Fact]
    public void After_APrompt_KeepsTheTokensOfTheText()
    {
        // [CLS] and [SEP] stand for no text; the fourth token begins with the prompt's last space.
        TokenOffset[] offsets = [new(0, 0), new(0, 4), new(4, 5), new(5, 9), new(9, 12), new(0, 0)];
        Assert.Equal([4, 5], TextIds.After(6, [1, 2, 3, 4, 5, 6], offsets));
        Assert.Equal([2, 3, 4, 5], TextIds.After(0, [1, 2, 3, 4, 5, 6], offsets));
        Assert.Empty(TextIds.After(12, [1, 2, 3, 4, 5, 6], offsets));
        Assert.Empty(TextIds.After(0, [], []));
    }
}
