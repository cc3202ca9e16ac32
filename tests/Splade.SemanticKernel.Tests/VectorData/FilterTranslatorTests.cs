using System.Linq.Expressions;
using Microsoft.Extensions.VectorData.ProviderServices;
using Splade.AI.Hybrid;
using Splade.SemanticKernel.VectorData;

namespace Splade.SemanticKernel.Tests.VectorData;

/// <summary>Which conditions indexes answer, and which are left to be asked of each record.</summary>
public sealed class FilterTranslatorTests
{
    private static readonly CollectionModel Model = new SpladeModelBuilder().Build(
        typeof(Everything), typeof(int), definition: null, defaultEmbeddingGenerator: null);

    [Fact]
    public void Translate_WhatIndexesKnow_LeavesNothing()
    {
        int[] captured = [1, 2];
        Check(r => r.Text == "a", "Text = \"a\"");
        Check(r => r.Int >= 5 && r.Short < 3, "Int >= 5 and Short < 3");
        Check(r => 5 > r.Int, "Int < 5");
        Check(r => r.Byte != 200, "not Byte = 200");
        Check(r => r.NullableInt == null, "not NullableInt exists");
        IEnumerable<int> list = new List<int> { 1, 2 };
        Check(r => captured.Contains(r.Int), "Int in [1, 2]");
        Check(r => list.Contains(r.Int), "Int in [1, 2]");
        Check(r => r.Tags.Contains("x") || !r.Bool, "Tags = \"x\" or not Bool = true");
        Check(r => r.Tags.Any(tag => new[] { "x", "y" }.Contains(tag)), "Tags in [\"x\", \"y\"]");
        Check(r => r.Date > new DateOnly(1, 1, 3), "Date > 2");

        static void Check(Expression<Func<Everything, bool>> condition, string expected)
        {
            (MetadataFilter? pushed, Expression? remaining) = new FilterTranslator(IndexedFields.Of(Model)).Translate(condition, Model);
            Assert.Null(remaining);
            Assert.Equal(expected, pushed?.ToString());
        }
    }

    [Fact]
    public void Translate_OneSideOfAnd_LeavesTheOther()
    {
        Expression<Func<Everything, bool>> condition = r => r.NotIndexed == "a" && r.Bool && r.Text!.Length > 1;
        (MetadataFilter? pushed, Expression? remaining) = new FilterTranslator(IndexedFields.Of(Model)).Translate(condition, Model);
        Assert.Equal("Bool = true", pushed?.ToString());
        Assert.Equal("((r.NotIndexed == \"a\") AndAlso (r.Text.Length > 1))", remaining?.ToString());
    }

    [Fact]
    public void Translate_WhatNoIndexHas_IsLeft()
    {
        double notANumber = double.NaN;
        Check(r => r.Decimal > 1);
        Check(r => r.NotIndexed == "a");
        Check(r => r.NotIndexed == "a" || r.Bool);
        Check(r => (long)r.Int == 5);
        Check(r => r.Id == 5);
        Check(r => r.Double == notANumber);
        Check(r => r.Guid > Guid.Empty);

        // Some collections have an equality of their own, also where they are used as another type.
        IEnumerable<string> set = new HashSet<string>(["a"], StringComparer.OrdinalIgnoreCase);
        Check(r => set.Contains(r.Text));
        Check(r => r.Tags.Any(tag => set.Contains(tag)));

        static void Check(Expression<Func<Everything, bool>> condition)
        {
            (MetadataFilter? pushed, Expression? remaining) = new FilterTranslator(IndexedFields.Of(Model)).Translate(condition, Model);
            Assert.Null(pushed);
            Assert.NotNull(remaining);
        }
    }
}
