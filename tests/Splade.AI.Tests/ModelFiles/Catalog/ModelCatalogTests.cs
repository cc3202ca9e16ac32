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
    public void Recommend_AnyNeed_NamesNoModelThatMayNotBeUsedCommercially(ModelGoal goal, bool inferenceFree, bool customCode)
    {
        IReadOnlyList<CatalogModel> models = ModelCatalog.Recommend(goal, inferenceFree, allowCustomCode: customCode);
        Assert.NotEmpty(models);
        Assert.All(models, m => Assert.True(m.CommercialUse));
        Assert.All(models, m => Assert.True(m.InferenceFreeQueries == true || !inferenceFree));
        Assert.All(models, m => Assert.True(!m.CustomCode || customCode));
        Assert.DoesNotContain(models, m => m.Id.StartsWith("naver/", StringComparison.Ordinal));
    }

    [Fact]
    public void Recommend_Quality_HasTheHighestScoreFirst()
    {
        Assert.Equal("opensearch-project/opensearch-neural-sparse-encoding-v2-distill", ModelCatalog.Recommend()[0].Id);
        Assert.Equal("opensearch-project/opensearch-neural-sparse-encoding-doc-v3-distill", ModelCatalog.Recommend(inferenceFreeQueries: true)[0].Id);
        Assert.Equal("opensearch-project/opensearch-neural-sparse-encoding-doc-v3-gte", ModelCatalog.Recommend(allowCustomCode: true)[0].Id);
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
    public void Models_EveryEntry_IsWhole()
    {
        Assert.Equal(ModelCatalog.Models.Count, ModelCatalog.Models.Select(m => m.Id).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(ModelCatalog.Models, m =>
        {
            Assert.Matches(@"\A[\w.-]+/[\w.-]+\z", m.Id);
            Assert.NotEmpty(m.Purpose);
            Assert.Contains("tokenizer.json", m.Files);
            Assert.Equal(m.BeirNdcg10 is null, m.ScoreSource is null);
            Assert.True(m.OnnxFile is null || (m.HasOnnxFile == true && m.OnnxFile.StartsWith(m.Id + "/", StringComparison.Ordinal)), m.Id);
            Assert.True(m.CommercialUse != false || m.Purpose.Contains("not for commercial use", StringComparison.Ordinal));
        });
        Assert.Equal(ModelCatalog.Models.Select(m => m.BeirNdcg10).OrderDescending(), ModelCatalog.Models.Select(m => m.BeirNdcg10));
    }
}
