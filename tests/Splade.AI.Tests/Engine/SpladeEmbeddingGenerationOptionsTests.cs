using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Splade.AI.Tests.Engine;

public class SpladeEmbeddingGenerationOptionsTests
{
    [Fact]
    public void Ctor_NothingSet_LeavesTheInputTypeToTheGenerator() => Assert.Null(new SpladeEmbeddingGenerationOptions().InputType);

    [Fact]
    public void Clone_EverythingSet_CopiesEverything()
    {
        var sut = new SpladeEmbeddingGenerationOptions
        {
            InputType = SpladeInputType.Query,
            LongTextHandling = LongTextHandling.SlidingWindowMax,
            WindowOverlap = 9,
            Prompt = "find ",
            PromptName = "find",
            MaxTokens = 9,
            MaxActiveDimensions = 5,
            ModelId = "splade",
            Dimensions = 7,
            AdditionalProperties = new() { ["note"] = "kept" },
        };

        SpladeEmbeddingGenerationOptions clone = Assert.IsType<SpladeEmbeddingGenerationOptions>(sut.Clone());
        sut.AdditionalProperties["note"] = "changed";

        Assert.Equal((SpladeInputType.Query, LongTextHandling.SlidingWindowMax, 9), (clone.InputType, clone.LongTextHandling, clone.WindowOverlap));
        Assert.Equal(("find ", "find", 9, 5), (clone.Prompt, clone.PromptName, clone.MaxTokens, clone.MaxActiveDimensions));
        Assert.Equal("splade", clone.ModelId);
        Assert.Equal(7, clone.Dimensions);
        Assert.Equal("kept", clone.AdditionalProperties?["note"]);
    }

    // The key of a distributed cache is a hash of the options' JSON.
    [Fact]
    public void Json_EachSetting_MakesAnotherKey()
    {
        SpladeEmbeddingGenerationOptions[] options =
        [
            new(),
            new() { InputType = SpladeInputType.Query },
            new() { LongTextHandling = LongTextHandling.Truncate },
            new() { LongTextHandling = LongTextHandling.SlidingWindowMax },
            new() { LongTextHandling = LongTextHandling.SlidingWindowMax, WindowOverlap = 0 },
        ];
        Assert.Equal(options.Length, options.Select(o => AIJsonUtilities.HashDataToString([o], AIJsonUtilities.DefaultOptions)).Distinct().Count());
        Assert.Equal(options.Length, options.Select(o => JsonSerializer.Serialize(o, SpladeJsonUtilities.DefaultOptions)).Distinct().Count());
    }

    [Fact]
    public void Clone_ThroughTheBaseClass_KeepsTheInputType()
    {
        EmbeddingGenerationOptions sut = new SpladeEmbeddingGenerationOptions { InputType = SpladeInputType.Query };

        Assert.Equal(SpladeInputType.Query, Assert.IsType<SpladeEmbeddingGenerationOptions>(sut.Clone()).InputType);
    }
}
