using RagChat.Answering;
using RagChat.Chat;
using RagChat.Documents;
using RagChat.Terminal;
using RagChat.Tests.TestData;
using Splade.AI.Hybrid;
using Xunit.Abstractions;

namespace RagChat.Tests;

/// <summary>The sample as a whole, on the questions that were written before there was any retrieval.</summary>
public sealed class QuestionsTests(ITestOutputHelper output)
{
    [SlowFact]
    public async Task Ask_WrittenQuestions_NamesTheRightArticles()
    {
        Outcome[] outcomes = [.. await AskAllAsync()];
        string table = string.Join('\n', outcomes.Select(o => o.ToString()));
        output.WriteLine(table);

        Outcome[] right = [.. outcomes.Where(o => o.Question.Article is not null && o.IsRight)];
        int rightWithoutSharedWord = right.Count(o => o.Question.SharesNoContentWord);
        int refused = outcomes.Count(o => o.Question.Article is null && o.IsRight);
        Assert.True(right.Length >= 15, $"{right.Length} of 20 questions named the right article, at least 15 have to:\n{table}");
        Assert.True(rightWithoutSharedWord >= 3, $"{rightWithoutSharedWord} of them share no word with their answer, at least 3 have to:\n{table}");
        Assert.True(refused >= 4, $"{refused} of 6 questions without an answer were refused, at least 4 have to be:\n{table}");
    }

    private static async Task<List<Outcome>> AskAllAsync()
    {
        ArticleCollection handbook = await ArticleReader.ReadAsync(Path.Combine(AppContext.BaseDirectory, "Corpus"), default);
        await using EmbeddedModels models = await EmbeddedModels.LoadAsync(Path.Combine(AppContext.BaseDirectory, "models"));
        await using var store = EmbeddedHybridStore.CreateInMemory();
        PassageLibrary library = await PassageLibrary.BuildAsync(handbook.Articles, models.CreateSplitter(), store, models.CreateRetriever(store));
        using var chat = new ExtractiveChatClient(models.Sparse, models.Dense);
        var assistant = new RagAssistant(library, chat);
        var outcomes = new List<Outcome>();
        foreach (Question question in Question.ReadAll())
        {
            RagAnswer answer = await assistant.AskAsync(question.Text, SearchMode.Hybrid, ChatCommandLine.DefaultTop);
            outcomes.Add(new Outcome(question, answer.Cited is [Source first, ..] ? first.Passage.ArticleId : null, answer.Text));
        }

        Assert.Equal(0, library.Truncated);
        return outcomes;
    }

    private sealed record Outcome(Question Question, string? Named, string Answer)
    {
        public bool IsRight => Named == Question.Article;

        public override string ToString() =>
            $"{(IsRight ? "ok   " : "WRONG")} {(Question.SharesNoContentWord ? "no shared word" : "              ")} {Question.Text}\n"
            + $"      expected {Question.Article ?? "nothing"}, named {Named ?? "nothing"}: {Answer.ReplaceLineEndings(" / ")}";
    }
}
