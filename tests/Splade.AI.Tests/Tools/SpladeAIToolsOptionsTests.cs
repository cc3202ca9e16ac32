using Splade.AI.Tools;

namespace Splade.AI.Tests.Tools;

public sealed class SpladeAIToolsOptionsTests
{
    [Fact]
    public void Numbers_BelowOne_AreRefusedByName()
    {
        Assert.Throws<ArgumentOutOfRangeException>("MaxTextLength", () => new SpladeAIToolsOptions { MaxTextLength = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("MaxTop", () => new SpladeAIToolsOptions { MaxTop = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("DefaultTerms", () => new SpladeAIToolsOptions { DefaultTerms = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("DefaultHits", () => new SpladeAIToolsOptions { DefaultHits = -1 });
        Assert.Throws<ArgumentOutOfRangeException>("MaxDocuments", () => new SpladeAIToolsOptions { MaxDocuments = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Reasons", () => new SpladeAIToolsOptions { Reasons = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("ExcerptLength", () => new SpladeAIToolsOptions { ExcerptLength = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("MaxPassageLength", () => new SpladeAIToolsOptions { MaxPassageLength = 0 });
    }

    [Theory]
    [InlineData("shop.")]
    [InlineData("shop ")]
    [InlineData("münze_")]
    [InlineData("a23456789_b23456789_c23456789_d23456789_e23456789_f")]
    public void NamePrefix_ThatChatServicesRefuse_IsRefused(string prefix)
    {
        var error = Assert.Throws<ArgumentException>("NamePrefix", () => new SpladeAIToolsOptions { NamePrefix = prefix });
        Assert.Contains($"'{prefix}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NamePrefix_Null_IsRefused() =>
        Assert.Throws<ArgumentNullException>("NamePrefix", () => new SpladeAIToolsOptions { NamePrefix = null! });

    [Fact]
    public void NamePrefix_LongestOne_LeavesRoomForEveryName() =>
        Assert.Equal(50, new SpladeAIToolsOptions { NamePrefix = new string('a', 50) }.NamePrefix.Length);

    [Fact]
    public void MetadataKeys_Value_IsCopied()
    {
        string[] keys = ["title"];
        var options = new SpladeAIToolsOptions { MetadataKeys = keys };
        keys[0] = "owner";
        Assert.Equal(["title"], options.MetadataKeys);
        SpladeAIToolsOptions clone = options.Clone();
        options.MetadataKeys = ["owner"];
        Assert.Equal(["title"], clone.MetadataKeys);
        Assert.Throws<ArgumentNullException>("MetadataKeys", () => new SpladeAIToolsOptions { MetadataKeys = null! });
    }
}
