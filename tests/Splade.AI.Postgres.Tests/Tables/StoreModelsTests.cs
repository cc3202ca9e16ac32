using Splade.AI.Hybrid;
using Splade.AI.Postgres.Tables;

namespace Splade.AI.Postgres.Tests.Tables;

public sealed class StoreModelsTests
{
    [Fact]
    public void Knows_WhatWasRemembered_NeverAsksAgain()
    {
        HybridModels?[] all = [null, HybridModels.None, Of("a"), Of("a", "h"), Of("b"), Sparse("s"), Of("a").With(Sparse("s"))];
        foreach (HybridModels? stored in all)
        {
            foreach (HybridModels opened in all.OfType<HybridModels>())
            {
                foreach (HybridModels? models in all)
                {
                    foreach (bool isEmpty in new[] { true, false })
                    {
                        HybridModels remembered;
                        try
                        {
                            remembered = StoreModels.Remember(stored, isEmpty, opened, models, "models");
                        }
                        catch (ArgumentException)
                        {
                            Assert.False(StoreModels.Knows(stored, isEmpty, opened, models) && stored is not null);
                            continue;
                        }

                        Assert.True(StoreModels.Knows(StoreModels.Parse(StoreModels.ToJson(remembered)), isEmpty, opened, models));
                    }
                }
            }
        }
    }

    [Fact]
    public void Remember_RecordsWithoutModelsFirst_ComparesNothingLater()
    {
        HybridModels first = StoreModels.Remember(null, isEmpty: true, HybridModels.None, null, "models");
        Assert.Equal(HybridModels.None, StoreModels.Remember(first, isEmpty: false, HybridModels.None, Of("a"), "models"));
        Assert.Throws<ArgumentException>(() => StoreModels.Remember(first, isEmpty: false, Of("b"), Of("a"), "models"));
        Assert.Equal(Of("a", "h"), StoreModels.Remember(Of("a"), isEmpty: false, HybridModels.None, Of("a", "h"), "models"));
    }

    private static HybridModels Of(string name, string? hash = null) =>
        new() { Dense = new Dictionary<string, DenseModelIdentity> { ["d"] = new() { ModelName = name, ModelHash = hash } } };

    private static HybridModels Sparse(string name) =>
        new() { Sparse = new Dictionary<string, SparseModelIdentity> { ["s"] = new() { ModelName = name, Dimensions = 9 } } };
}
