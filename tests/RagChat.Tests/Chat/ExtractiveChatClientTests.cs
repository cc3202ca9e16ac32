using Microsoft.Extensions.AI;
using RagChat.Answering;
using RagChat.Chat;
using RagChat.Documents;
using RagChat.Tests.TestDoubles;

namespace RagChat.Tests.Chat;

public sealed class ExtractiveChatClientTests
{
    private static readonly string[] Vocabulary = ["refund", "take", "days", "card", "tank", "descaler"];

    private static readonly Passage Refunds = new(
        "refunds#Timing", "refunds", "Money", "We answer mails. A refund will take 5 days. The sky is blue.\n- card: refund days");

    [Fact]
    public async Task GetResponse_Passages_QuotesTheBestStatementWithItsCitation()
    {
        ChatResponse response = await AskAsync("How many days does a refund take?", Refunds, new Passage("tank#Care", "tank", "Care", "Rinse the tank."));

        Assert.Equal("A refund will take 5 days. [refunds#Timing]", response.Text);
        Assert.Equal(ChatRole.Assistant, response.Messages.Single().Role);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
    }

    [Fact]
    public async Task GetResponse_StatementsThatComeClose_StandInTheOrderOfThePassage()
    {
        ChatResponse response = await AskAsync("refund days", new Passage("r#T", "r", "Money", "First refund days. Nothing. More: refund days.\n- refund days"));

        Assert.Equal("First refund days. More: refund days.\n- refund days [r#T]", response.Text);
    }

    [Fact]
    public async Task GetResponse_HeadingsAnswer_CountForTheirStatements()
    {
        ChatResponse response = await AskAsync("Refund when?", new Passage("r#T", "r", "Refund", "After five of them. Wait."));

        Assert.EndsWith("[r#T]", response.Text);
    }

    [Fact]
    public async Task GetResponse_OneWordWithoutKin_DoesNotKnow()
    {
        ChatResponse response = await AskAsync("Can a refund take 5 days by pigeon?", Refunds);

        Assert.Equal(GroundedPrompt.UnknownReply, response.Text);
    }

    [Theory]
    [InlineData("Who wrote Hamlet?")]
    [InlineData("How do I clean the tank?")]
    [InlineData("")]
    [InlineData("   ")]
    public async Task GetResponse_NothingRelevant_DoesNotKnow(string question)
    {
        ChatResponse response = await AskAsync(question, Refunds);

        Assert.Equal(GroundedPrompt.UnknownReply, response.Text);
    }

    [Fact]
    public async Task GetResponse_NoPassages_DoesNotKnow()
    {
        Assert.Equal(GroundedPrompt.UnknownReply, (await AskAsync("refund?")).Text);
        Assert.Equal(GroundedPrompt.UnknownReply, (await AskAsync("refund?", new Passage("a#b", "a", "A", ""))).Text);
    }

    [Fact]
    public async Task GetResponse_NoMessages_DoesNotKnow()
    {
        using var client = CreateSut();

        Assert.Equal(GroundedPrompt.UnknownReply, (await client.GetResponseAsync([])).Text);
        await Assert.ThrowsAsync<ArgumentNullException>("messages", () => client.GetResponseAsync((IEnumerable<ChatMessage>)null!));
    }

    [Fact]
    public async Task GetStreamingResponse_Updates_AddUpToTheResponse()
    {
        using var client = CreateSut();
        IList<ChatMessage> messages = GroundedPrompt.ToMessages("How many days does a refund take?", [Refunds]);

        ChatResponse streamed = await client.GetStreamingResponseAsync(messages).ToChatResponseAsync();

        Assert.Equal((await client.GetResponseAsync(messages)).Text, streamed.Text);
    }

    [Fact]
    public async Task GetResponse_Cancelled_Throws()
    {
        using var client = CreateSut();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.GetResponseAsync(GroundedPrompt.ToMessages("refund?", [Refunds]), cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void GetService_KnownTypes_AreFound()
    {
        using var client = CreateSut();

        Assert.Same(client, client.GetService(typeof(IChatClient)));
        Assert.Equal("extractive", client.GetService<ChatClientMetadata>()?.DefaultModelId);
        Assert.Null(client.GetService(typeof(string)));
        Assert.Null(client.GetService(typeof(IChatClient), "key"));
    }

    private static Task<ChatResponse> AskAsync(string question, params Passage[] passages) =>
        CreateSut().GetResponseAsync(GroundedPrompt.ToMessages(question, passages));

    private static ExtractiveChatClient CreateSut() => new(new TestSparseGenerator(Vocabulary), new TestDenseGenerator());
}
