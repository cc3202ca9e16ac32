using Microsoft.Extensions.AI;

namespace Splade.AI.Tests;

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

        Assert.Equal(SpladeInputType.Query, clone.InputType);
        Assert.Equal(("find ", "find", 9, 5), (clone.Prompt, clone.PromptName, clone.MaxTokens, clone.MaxActiveDimensions));
        Assert.Equal("splade", clone.ModelId);
        Assert.Equal(7, clone.Dimensions);
        Assert.Equal("kept", clone.AdditionalProperties?["note"]);
    }

    [Fact]
    public void Clone_ThroughTheBaseClass_KeepsTheInputType()
    {
        EmbeddingGenerationOptions sut = new SpladeEmbeddingGenerationOptions { InputType = SpladeInputType.Query };

        Assert.Equal(SpladeInputType.Query, Assert.IsType<SpladeEmbeddingGenerationOptions>(sut.Clone()).InputType);
    }
}
