using System.Linq.Expressions;
using Microsoft.Extensions.VectorData;
using Splade.AI;
using Splade.SemanticKernel.VectorData;

namespace Splade.SemanticKernel.Tests.VectorData;

/// <summary>Conditions that are asked of the records themselves: on vectors, on keys, with methods.</summary>
public sealed class SpladeCollectionConditionTests : IDisposable
{
    private const int Count = 3000;

    private readonly SpladeVectorStorage _storage = new();
    private int _asked;

    [Fact]
    public async Task GetAsync_ConditionsOnVectors_GiveWhatLinqGives()
    {
        Note[] records =
        [
            new() { Id = "all", Dense = new float[] { 1, 2, 3 }, Array = [1, 2], Embedding = new(new float[] { 1, 0, 0, 1 }), Sparse = Sparse("mars") },
            new() { Id = "none" },
            new() { Id = "array", Array = [3, 4], Text = "red" },
            new() { Id = "sparse", Sparse = Sparse("venus red"), Language = "en" },
        ];
        SpladeCollection<string, Note> notes = await NotesAsync(records);
        await Check(n => n.Array != null);
        await Check(n => n.Array == null);
        await Check(n => n.Array != null && n.Array[0] > 2);
        await Check(n => n.Dense.IsEmpty);
        await Check(n => n.Dense.Length == 3 || n.Language == "en");
        await Check(n => n.Embedding == null);
        await Check(n => n.Sparse != null && n.Language == null);
        await Check(n => n.Sparse == null);
        await Check(n => HasArray(n));

        async Task Check(Expression<Func<Note, bool>> condition)
        {
            IEnumerable<string> expected = records.Where(condition.Compile()).Select(n => n.Id);
            Assert.Equal(expected, await notes.GetAsync(condition, 9).Select(n => n.Id).ToArrayAsync());
        }
    }

    [Fact]
    public async Task SearchAsync_ConditionOnAnotherVector_IsThatOfTheRecord()
    {
        SpladeCollection<string, Note> notes = await NotesAsync(
            [new() { Id = "both", Array = [1, 2], Sparse = Sparse("mars") }, new() { Id = "array", Array = [1, 2] }]);
        var query = new float[] { 1, 0 };
        VectorSearchResult<Note>[] found = await notes
            .SearchAsync(query, 9, new() { VectorProperty = n => n.Array, Filter = n => n.Sparse != null }).ToArrayAsync();
        Assert.Equal("both", Assert.Single(found).Record.Id);
        Assert.Null(found[0].Record.Sparse);
    }

    [Fact]
    public async Task GetAsync_ConditionOnGeneratedProperty_SaysThatItsValueIsNotKept()
    {
        var collection = new SpladeCollection<string, Told>(_storage, "told", new() { EmbeddingGenerator = TestGenerators.Dense() });
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(new Told { Id = "a", Meaning = "mars" });
        var e = await Assert.ThrowsAsync<NotSupportedException>(() => collection.GetAsync(r => r.Meaning == "mars", 9).ToArrayAsync().AsTask());
        Assert.Contains("'Meaning'", e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotSupportedException>(
            () => collection.SearchAsync("mars", 9, new() { Filter = r => r.Id == "a" && r.Meaning != null }).ToArrayAsync().AsTask());
        Assert.Single(await collection.SearchAsync("mars", 9, new() { Filter = r => r.Id == "a" }).ToArrayAsync());
    }

    [Fact]
    public async Task GetAsync_ConditionsOnKeys_AskOnlyTheirRecords()
    {
        SpladeCollection<string, Note> notes = await NotesAsync(Many());
        string[] wanted = ["2999", "7", "nothing", "7"];
        string some = "1500";
        await Check(n => n.Id == some && Asks(n.Id), ["1500"], 1);
        await Check(n => Asks(n.Id) && "7" == n.Id, ["7"], 1);
        await Check(n => wanted.Contains(n.Id) && Asks(n.Id), ["7", "2999"], 2);
        await Check(n => (n.Id == "5" || new[] { "2", "2998" }.Contains(n.Id)) && Asks(n.Id), ["2", "5", "2998"], 3);
        await Check(n => n.Id == "4" && n.Language == "de" && Asks(n.Id), [], 0);
        await Check(n => (n.Id == "4" || n.Text == "mars 5") && Asks(n.Id), ["4", "5"], 2);

        var anyCase = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "nothing", "9" };
        await Check(n => anyCase.Contains(n.Id) && Asks(n.Id), ["9"], 1);
        await notes.DeleteAsync("7");
        await Check(n => wanted.Contains(n.Id) && Asks(n.Id), ["2999"], 1);

        _asked = 0;
        VectorSearchOptions<Note> options = new() { VectorProperty = n => n.Array, Filter = n => (n.Id == "5" || n.Id == "2999") && Asks(n.Id) };
        Assert.Equal(["2999", "5"], await notes.SearchAsync(new float[] { 1, 0 }, 9, options).Select(r => r.Record.Id).ToArrayAsync());
        Assert.Equal(2, _asked);

        async Task Check(Expression<Func<Note, bool>> condition, string[] expected, int asked)
        {
            _asked = 0;
            Assert.Equal(expected, await notes.GetAsync(condition, Count).Select(n => n.Id).ToArrayAsync());
            Assert.Equal(asked, _asked);
        }
    }

    [Fact]
    public async Task HybridSearchAsync_Condition_IsAskedOfEachRecordOnce()
    {
        SpladeCollection<string, Note> notes = await NotesAsync(Many());
        HybridSearchOptions<Note> options = new() { VectorProperty = n => n.Array, Filter = n => Asks(n.Id) && n.Text != "mars 7" };
        string[] found = await notes.HybridSearchAsync(new float[] { 1, 0 }, ["mars"], 5, options).Select(r => r.Record.Id).ToArrayAsync();
        Assert.Equal(Count, _asked);
        Assert.Equal(5, found.Length);
        Assert.DoesNotContain("7", found);
    }

    [Fact]
    public async Task Conditions_CancelledMeanwhile_AreNotAskedAnyMore()
    {
        SpladeCollection<string, Note> notes = await NotesAsync(Many());
        VectorSearchOptions<Note> options = new() { VectorProperty = n => n.Array };
        HybridSearchOptions<Note> hybrid = new() { VectorProperty = n => n.Array };
        Func<CancellationTokenSource, Task>[] calls =
        [
            async source => await notes.GetAsync(n => Cancels(source), 1, cancellationToken: source.Token).ToArrayAsync(),
            async source => await notes.GetAsync(n => Cancels(source), 1, new() { OrderBy = by => by.Ascending(n => n.Id) }, source.Token).ToArrayAsync(),
            async source =>
            {
                options.Filter = n => Cancels(source);
                await notes.SearchAsync(new float[] { 1, 0 }, 1, options, source.Token).ToArrayAsync();
            },
            async source =>
            {
                hybrid.Filter = n => Cancels(source);
                await notes.HybridSearchAsync(new float[] { 1, 0 }, ["mars"], 1, hybrid, source.Token).ToArrayAsync();
            },
        ];
        foreach (Func<CancellationTokenSource, Task> call in calls)
        {
            _asked = 0;
            using var source = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call(source));
            Assert.Equal(10, _asked);
        }
    }

    [Fact]
    public async Task Conditions_AreAsked_WhileTheCallerGoesOn()
    {
        SpladeCollection<string, Note> notes = await NotesAsync([new() { Id = "a", Array = [1, 1] }]);
        Func<ManualResetEventSlim, Task<int>>[] calls =
        [
            async gate => await notes.GetAsync(n => Waits(gate), 9).CountAsync(),
            async gate => await notes.SearchAsync(new float[] { 1, 0 }, 9, new() { VectorProperty = n => n.Array, Filter = n => Waits(gate) }).CountAsync(),
        ];
        foreach (Func<ManualResetEventSlim, Task<int>> call in calls)
        {
            using var gate = new ManualResetEventSlim();
            Task<int> results = call(gate);
            gate.Set();
            Assert.Equal(1, await results);
        }
    }

    public void Dispose() => _storage.Dispose();

    private static SparseEmbedding Sparse(string words) => new(TestGenerators.SparseOf(words));

    private static bool HasArray(Note note) => note.Array is not null;

    private static Note[] Many() => [.. Enumerable.Range(0, Count).Select(i => new Note { Id = $"{i}", Text = $"mars {i}", Array = [i + 1, 1] })];

    // A caller that asks itself would never come to open the gate.
    private static bool Waits(ManualResetEventSlim gate) => gate.Wait(TimeSpan.FromMinutes(1));

    private bool Asks(string id)
    {
        Interlocked.Increment(ref _asked);
        return id.Length > 0;
    }

    private bool Cancels(CancellationTokenSource source)
    {
        if (++_asked == 10)
        {
            source.Cancel();
        }

        return false;
    }

    private async Task<SpladeCollection<string, Note>> NotesAsync(Note[] records)
    {
        var notes = new SpladeCollection<string, Note>(_storage, "notes", new() { SparseEmbeddingGenerator = TestGenerators.Sparse() });
        await notes.EnsureCollectionExistsAsync();
        await notes.UpsertAsync(records);
        return notes;
    }

    private sealed class Told
    {
        [VectorStoreKey]
        public string Id { get; set; } = string.Empty;

        [VectorStoreVector(3)]
        public string? Meaning { get; set; }
    }
}
