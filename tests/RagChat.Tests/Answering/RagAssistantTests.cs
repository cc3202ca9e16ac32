using Microsoft.Extensions.AI;
using RagChat.Answering;
using RagChat.Tests.TestDoubles;
using Splade.AI.Hybrid;

namespace RagChat.Tests.Answering;

public sealed class RagAssistantTests
{
    [Fact]
    public async Task Ask_AnswerWithCitations_ListsThemInTheOrderOfTheText()
    {
        RagAnswer answer = await AskAsync(_ => "Rinse it [cleaning#Tank]; wait [refunds#Timing] and [no#such]. Again [cleaning#Tank].");

        Assert.True(answer.IsGrounded);
        Assert.Equal(["cleaning#Tank", "refunds#Timing"], answer.Cited.Select(s => s.Passage.Id));
    }

    [Fact]
    public async Task Ask_AnswerWithoutCitation_IsNotGrounded()
    {
        RagAnswer answer = await AskAsync(_ => "I just know it.");

        Assert.False(answer.IsGrounded);
        Assert.Equal("I just know it.", answer.Text);
    }

    [Fact]
    public async Task Ask_AnyClient_GetsTheGroundedPrompt()
    {
        GroundedPrompt? prompt = null;
        await AskAsync(messages =>
        {
            prompt = GroundedPrompt.Read(messages);
            return "";
        });

        Assert.Equal("refund days or water tank?", prompt?.Question);
        Assert.Equal(3, prompt?.Passages.Count);
    }

    private static async Task<RagAnswer> AskAsync(Func<IReadOnlyList<ChatMessage>, string> reply)
    {
        var assistant = new RagAssistant(await Libraries.CreateAsync(), new TestChatClient(reply));
        return await assistant.AskAsync("refund days or water tank?", SearchMode.Hybrid, top: 3);
    }
}
