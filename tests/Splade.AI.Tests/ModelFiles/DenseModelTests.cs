using Splade.AI.ModelFiles;

namespace Splade.AI.Tests.ModelFiles;

public sealed class DenseModelTests
{
    private const string Pooling = "1_Pooling/config.json";

    [Fact]
    public void Read_EmbeddedModel_DescribesIt()
    {
        using TemporaryModel copy = TemporaryModel.CopyOfDense();
        DenseModel model = DenseModel.Read(copy.Folder);
        Assert.Equal((PoolingStrategy.Mean, true, 256), (model.Pooling, model.Normalize, model.MaxTokens));
        Assert.StartsWith("all-minilm-l6-v2-int8: dense, Mean pooling, normalised, at most 256 tokens", model.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"pooling_mode": "cls"}""", PoolingStrategy.Cls)]
    [InlineData("""{"pooling_mode": "mean"}""", PoolingStrategy.Mean)]
    [InlineData("""{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}""", PoolingStrategy.Cls)]
    public void Read_PoolingConfig_IsUnderstoodInBothForms(string config, PoolingStrategy expected)
    {
        using TemporaryModel model = TemporaryModel.CopyOfDense();
        model.Write(Pooling, config);
        Assert.Equal(expected, DenseModel.Read(model.Folder).Pooling);
    }

    [Theory]
    [InlineData("""{"pooling_mode_mean_tokens": true, "pooling_mode_max_tokens": true}""", "mean_tokens, max_tokens")]
    [InlineData("""{"pooling_mode": "weightedmean"}""", "weightedmean")]
    [InlineData("{}", "[]")]
    public void Read_OtherPooling_IsRefusedByName(string config, string found)
    {
        using TemporaryModel model = TemporaryModel.CopyOfDense();
        model.Write(Pooling, config);
        var error = Assert.Throws<SpladeModelException>(() => DenseModel.Read(model.Folder));
        Assert.Equal(model.PathOf(Pooling), error.Path);
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("checkpoint-variants/dense-mean", true)]
    [InlineData("random-bert-sum", false)]
    [InlineData("random-cross-encoder", false)]
    [InlineData("inference-free-bare", false)]
    public void IsIn_FoldersOfAllKinds_TellsByTheModules(string model, bool expected) =>
        Assert.Equal(expected, DenseModel.IsIn(Path.Combine(Repository.TestData, "models", model)));

    [Fact]
    public void Read_SpladeModel_NamesTheClassForIt()
    {
        var error = Assert.Throws<SpladeModelException>(() => DenseModel.Read(EngineFixture.ModelFolder));
        Assert.Contains(nameof(SpladeEngine), error.Message, StringComparison.Ordinal);
    }
}
