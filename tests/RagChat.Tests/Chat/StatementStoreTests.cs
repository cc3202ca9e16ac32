using RagChat.Chat;
using RagChat.Documents;
using RagChat.Tests.TestDoubles;
using Splade.AI.Hybrid;

namespace RagChat.Tests.Chat;

public sealed class StatementStoreTests
{
    private static readonly Passage Tank = new("cleaning#Tank", "cleaning", "Cleaning > Tank", "Rinse the tank. Fill it with water.");
    private static readonly Passage Noise = new("noise#text", "noise", "Noise", "A noise is normal.");

    private readonly EmbeddedHybridStore _store = EmbeddedHybridStore.CreateInMemory();
    private readonly List<string> _encoded = [];

    [Fact]
    public async Task Fill_NewPassages_EncodesWhatAChatClientWillEncode()
    {
        StatementStore sut = Create();

        Assert.Equal(3, await sut.FillAsync([Tank, Noise], areNew: true));

        Assert.Equal(["Cleaning > Tank: Rinse the tank.", "Cleaning > Tank: Fill it with water.", "Noise: A noise is normal."], _encoded);
        Assert.Equal(_encoded[..2], (await sut.FindAsync([Tank])).Select(record => record.Text));
    }

    [Fact]
    public async Task Fill_PassagesAsBefore_EncodesNothing()
    {
        await Create().FillAsync([Tank, Noise], areNew: true);
        _encoded.Clear();

        await Create().FillAsync([Tank, Noise], areNew: false);

        Assert.Empty(_encoded);
    }

    [Fact]
    public async Task Fill_PassageThatIsGone_TakesItsStatementsOut()
    {
        await Create().FillAsync([Tank, Noise], areNew: true);

        await Create().FillAsync([Noise], areNew: true);

        Assert.Equal(1, await _store.CountAsync());
    }

    // As after a start that was ended while it filled the store.
    [Fact]
    public async Task Fill_StoreThatLacksSome_EncodesThemThoughNoPassageIsNew()
    {
        await Create().FillAsync([Noise], areNew: true);
        _encoded.Clear();

        await Create().FillAsync([Tank, Noise], areNew: false);

        Assert.Equal(2, _encoded.Count);
    }

    [Fact]
    public async Task Find_PassageThatIsNotThere_FindsNothing() => Assert.Empty(await Create().FindAsync([Tank]));

    private StatementStore Create() => new(
        _store, new HybridRetriever(_store, new TestSparseGenerator(Libraries.Vocabulary), new TestDenseGenerator { OnGenerate = _encoded.AddRange }));
}
