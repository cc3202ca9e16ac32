using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel.Data;
using Splade.AI.Explanation;
using Splade.SemanticKernel.Tests.TestData;
using Splade.SemanticKernel.TextSearch;

namespace Splade.SemanticKernel.Tests;

public sealed class SpladeKeywordExtensionsTests(KernelFixture fixture) : IClassFixture<KernelFixture>
{
    private const string Query = "How long do refunds take?";

    [Fact]
    public async Task ExpandToKeywordsAsync_Query_GivesTheWordsOfTheExpansion()
    {
        KeywordExpansion expected = await fixture.Engine.ExpandKeywordsAsync(Query);
        Assert.Equal(expected.Keywords.Select(k => k.Text), await fixture.Engine.ExpandToKeywordsAsync(Query));
        Assert.Contains(expected.Keywords, k => k.Origin == TermOrigin.Expansion);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    public async Task ExpandToKeywordsAsync_BlankQuery_GivesNone(string query)
    {
        Assert.Empty(await fixture.Engine.ExpandToKeywordsAsync(query));
        Assert.Empty(fixture.Engine.CreateWordSegmenter()(query));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.Engine.ExpandToKeywordsAsync(query, cancellationToken: new(canceled: true)));
    }

    [Fact]
    public async Task CreateWordSegmenter_InOptionsOfATextSearchStore_GivesTheSameWords()
    {
        var expansion = new KeywordExpansionOptions { MaxAdded = 3 };
        var options = new TextSearchStoreOptions { WordSegementer = fixture.Engine.CreateWordSegmenter(expansion) };
        ICollection<string> expected = await fixture.Engine.ExpandToKeywordsAsync(Query, expansion);

        ICollection<string>[] found = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => options.WordSegementer(Query))));

        Assert.All(found, f => Assert.Equal(expected, f));
    }

    [Fact]
    public async Task ExpandedHybridSearchAsync_AnyStore_IsAskedForTheExpandedKeywords()
    {
        var store = new RecordingStore();
        var options = new HybridSearchOptions<SpladeTextRecord> { Skip = 2 };

        List<VectorSearchResult<SpladeTextRecord>> found = await store.ExpandedHybridSearchAsync(fixture.Engine, Query, top: 7, options).ToListAsync();

        Assert.Empty(found);
        Assert.Equal((Query, 7), (store.SearchValue, store.Top));
        Assert.Same(options, store.Options);
        Assert.Equal(await fixture.Engine.ExpandToKeywordsAsync(Query), store.Keywords);
    }

    [Fact]
    public async Task ExpandedHybridSearchAsync_Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await new RecordingStore()
            .ExpandedHybridSearchAsync(fixture.Engine, Query, 1, cancellationToken: source.Token).ToListAsync());
    }

    [Fact]
    public async Task Extensions_NullArguments_Throw()
    {
        await Assert.ThrowsAsync<ArgumentNullException>("engine", () => SpladeKeywordExtensions.ExpandToKeywordsAsync(null!, Query));
        Assert.Throws<ArgumentNullException>("engine", () => SpladeKeywordExtensions.CreateWordSegmenter(null!));
        Assert.Throws<ArgumentNullException>("store", () => ((RecordingStore)null!).ExpandedHybridSearchAsync(fixture.Engine, Query, 1));
        Assert.Throws<ArgumentNullException>("query", () => new RecordingStore().ExpandedHybridSearchAsync(fixture.Engine, null!, 1));
    }

    /// <summary>A store that searches by keywords, and remembers what it was asked.</summary>
    private sealed class RecordingStore : IKeywordHybridSearchable<SpladeTextRecord>
    {
        public object? SearchValue { get; private set; }

        public ICollection<string> Keywords { get; private set; } = [];

        public int Top { get; private set; }

        public HybridSearchOptions<SpladeTextRecord>? Options { get; private set; }

        public async IAsyncEnumerable<VectorSearchResult<SpladeTextRecord>> HybridSearchAsync<TInput>(
            TInput searchValue,
            ICollection<string> keywords,
            int top,
            HybridSearchOptions<SpladeTextRecord>? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
            where TInput : notnull
        {
            await Task.Yield();
            (SearchValue, Keywords, Top, Options) = (searchValue, keywords, top, options);
            yield break;
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;
    }
}
