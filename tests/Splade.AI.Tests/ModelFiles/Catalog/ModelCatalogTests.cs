using Splade.AI.ModelFiles;
using Splade.AI.ModelFiles.Catalog;

namespace Splade.AI.Tests.ModelFiles.Catalog;

public sealed class ModelCatalogTests
{
    [Theory]
    [InlineData(ModelGoal.Quality, false, false)]
    [InlineData(ModelGoal.Quality, false, true)]
    [InlineData(ModelGoal.Quality, true, false)]
    [InlineData(ModelGoal.Quality, true, true)]
    [InlineData(ModelGoal.Speed, false, false)]
    [InlineData(ModelGoal.Speed, true, true)]
    [InlineData(ModelGoal.Size, false, false)]
    [InlineData(ModelGoal.Size, true, true)]
    public void Recommend_AnyNeed_NamesNoModelThatMayNotBeUsedCommercially(ModelGoal goal, bool inferenceFree, bool unproven)
    {
        IReadOnlyList<CatalogModel> models = ModelCatalog.Recommend(goal, inferenceFree, allowUnproven: unproven);
        Assert.NotEmpty(models);
        Assert.All(models, m => Assert.True(m.CommercialUse));
        Assert.All(models, m => Assert.True(m.InferenceFreeQueries == true || !inferenceFree));
        Assert.All(models, m => Assert.True(m.Evidence >= ModelEvidence.Architecture || unproven));
        Assert.DoesNotContain(models, m => m.Id.StartsWith("naver/", StringComparison.Ordinal));
    }

    [Fact]
    public void Recommend_Quality_HasTheHighestScoreFirst()
    {
        Assert.Equal("opensearch-project/opensearch-neural-sparse-encoding-v2-distill", ModelCatalog.Recommend()[0].Id);
        Assert.Equal("opensearch-project/opensearch-neural-sparse-encoding-doc-v3-distill", ModelCatalog.Recommend(inferenceFreeQueries: true)[0].Id);
        Assert.Equal("opensearch-project/opensearch-neural-sparse-encoding-doc-v3-gte", ModelCatalog.Recommend(allowUnproven: true)[0].Id);
    }

    [Fact]
    public void Recommend_Speed_HasTheSmallestModelThatBeatsBm25First()
    {
        IReadOnlyList<CatalogModel> models = ModelCatalog.Recommend(ModelGoal.Speed);
        Assert.Equal("opensearch-project/opensearch-neural-sparse-encoding-doc-v2-mini", models[0].Id);
        Assert.All(models, m => Assert.True(m.BeirNdcg10 > ModelCatalog.Bm25BeirNdcg10));
    }

    [Fact]
    public void Recommend_Size_HasTheSmallestModelFirst() =>
        Assert.Equal("rasyosef/splade-tiny", ModelCatalog.Recommend(ModelGoal.Size)[0].Id);

    [Fact]
    public void Recommend_NonCommercialAllowed_NamesThemToo() =>
        Assert.Contains(ModelCatalog.Recommend(allowNonCommercial: true), m => m.Id == "naver/splade-v3");

    [Fact]
    public void Recommend_Limit_LeavesOutLargerModelsAndThoseOfUnknownSize()
    {
        IReadOnlyList<CatalogModel> models = ModelCatalog.Recommend(maxParameters: 30_000_000, allowNonCommercial: true);
        Assert.NotEmpty(models);
        Assert.All(models, m => Assert.True(m.Parameters <= 30_000_000));
    }

    [Fact]
    public void Recommend_UnknownGoal_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelCatalog.Recommend((ModelGoal)9));

    [Fact]
    public void Find_Name_IsFoundInAnyCase()
    {
        CatalogModel model = ModelCatalog.Find("Naver/SPLADE-v3")!;
        Assert.Equal((51.7, 40.2, 109_000_000L, false, true), (model.BeirNdcg10, model.MsMarcoMrr10, model.Parameters, model.CommercialUse, model.Gated));
        Assert.Null(ModelCatalog.Find("acme/splade"));
        Assert.Throws<ArgumentException>(() => ModelCatalog.Find(" "));
    }

    [Fact]
    public void Models_ThatWereRunHere_AreThoseInThisRepository() =>
        Assert.Equal(["rasyosef/splade-tiny"], ModelCatalog.Models.Where(m => m.Evidence == ModelEvidence.Checkpoint).Select(m => m.Id));

    [Fact]
    public void Models_WithAnOnnxFile_AreTheThreeThatAreKnown() => Assert.Equal(
        ["prithivida/Splade_PP_en_v2", "prithivida/Splade_PP_en_v1", "sparse-encoder-testing/splade-bert-tiny-nq-onnx"],
        ModelCatalog.Models.Where(m => m.Kind == EncoderKind.Splade && m.HasOnnxFile == true).Select(m => m.Id));

    [Fact]
    public void Models_OfOtherKinds_ComeLastWithWhatStoresMustSupply()
    {
        (EncoderKind Kind, bool? RequiresIdf)[] others =
            [.. ModelCatalog.Models.SkipWhile(m => m.Kind == EncoderKind.Splade).Select(m => (m.Kind, m.RequiresIdf)).Distinct()];
        Assert.Equal(
            [(EncoderKind.BgeM3, false), (EncoderKind.Bm25, true), (EncoderKind.Bm42, true), (EncoderKind.MiniCoil, true), (EncoderKind.CrossEncoder, null)],
            others);
        Assert.Equal(
            (250002, int.MaxValue, (bool?)false),
            (ModelCatalog.Find("BAAI/bge-m3")!.Dimensions, ModelCatalog.Find("Qdrant/bm25")!.Dimensions, ModelCatalog.Find("naver/splade-v3")!.RequiresIdf));
    }

    [Fact]
    public void Models_EveryEntry_IsWhole()
    {
        Assert.Equal(ModelCatalog.Models.Count, ModelCatalog.Models.Select(m => m.Id).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(ModelCatalog.Models, m =>
        {
            Assert.Matches(@"\A[\w.-]+/[\w.-]+\z", m.Id);
            Assert.NotEmpty(m.Purpose);
            Assert.Equal(m.Kind == EncoderKind.Bm25, m.HasOnnxFile is null);
            Assert.True(m.DownloadBytes is null or > 1_000_000);
            Assert.Equal(m.BeirNdcg10 is null, m.ScoreSource is null);
            Assert.True(m.Evidence < ModelEvidence.PlainLoops || m.Architecture is not null || m.Kind is EncoderKind.Bm25 or EncoderKind.MiniCoil, m.Id);
            Assert.Equal(m.CommercialUse, m.License is null ? null : !ModelLicense.IsNonCommercial(m.License));
            Assert.True(m.CommercialUse != false || m.Purpose.Contains("not for commercial use", StringComparison.Ordinal));
        });
        Assert.Equal(ModelCatalog.Models.Select(m => m.BeirNdcg10).OrderDescending(), ModelCatalog.Models.Select(m => m.BeirNdcg10));
    }
}
