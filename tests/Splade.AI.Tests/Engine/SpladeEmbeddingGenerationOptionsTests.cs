using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Splade.AI.Tests.Engine;

public class SpladeEmbeddingGenerationOptionsTests
{
    [Fact]
    public void Ctor_NothingSet_LeavesTheInputTypeToTheGenerator() => Assert.Null(new SpladeEmbeddingGenerationOptions().Encoding.InputType);

    [Fact]
    public void Clone_EverythingSet_CopiesEverything()
    {
        var sut = new SpladeEmbeddingGenerationOptions
        {
            ModelId = "splade",
            Dimensions = 7,
            AdditionalProperties = new() { ["note"] = "kept" },
            Encoding =
            {
                InputType = EmbeddingInputType.Query,
                LongTextHandling = LongTextHandling.SlidingWindowMax,
                WindowOverlap = 9,
                Prompt = "find ",
                PromptName = "find",
                MaxTokens = 9,
                MaxActiveDimensions = 5,
            },
        };

        SpladeEmbeddingGenerationOptions clone = Assert.IsType<SpladeEmbeddingGenerationOptions>(sut.Clone());
        sut.AdditionalProperties["note"] = "changed";
        sut.Encoding.MaxTokens = 10;

        SpladeEncodingOptions encoding = clone.Encoding;
        Assert.Equal((EmbeddingInputType.Query, LongTextHandling.SlidingWindowMax, 9), (encoding.InputType, encoding.LongTextHandling, encoding.WindowOverlap));
        Assert.Equal(("find ", "find", 9, 5), (encoding.Prompt, encoding.PromptName, encoding.MaxTokens, encoding.MaxActiveDimensions));
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
            new() { Encoding = { InputType = EmbeddingInputType.Query } },
            new() { Encoding = { LongTextHandling = LongTextHandling.Truncate } },
            new() { Encoding = { LongTextHandling = LongTextHandling.SlidingWindowMax } },
            new() { Encoding = { LongTextHandling = LongTextHandling.SlidingWindowMax, WindowOverlap = 0 } },
        ];
        Assert.Equal(options.Length, options.Select(o => AIJsonUtilities.HashDataToString([o], AIJsonUtilities.DefaultOptions)).Distinct().Count());
        Assert.Equal(options.Length, options.Select(o => JsonSerializer.Serialize(o, SpladeJsonUtilities.DefaultOptions)).Distinct().Count());
    }

    [Fact]
    public void Clone_ThroughTheBaseClass_KeepsTheInputType()
    {
        EmbeddingGenerationOptions sut = new SpladeEmbeddingGenerationOptions { Encoding = { InputType = EmbeddingInputType.Query } };

        Assert.Equal(EmbeddingInputType.Query, Assert.IsType<SpladeEmbeddingGenerationOptions>(sut.Clone()).Encoding.InputType);
    }
}
