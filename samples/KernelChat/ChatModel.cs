using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace KernelChat;

/// <summary>The model that answers: one behind an endpoint, if the environment names it, else the scripted one.</summary>
internal static class ChatModel
{
    public static void AddTo(IKernelBuilder builder)
    {
        string? endpoint = Environment.GetEnvironmentVariable("KERNELCHAT_ENDPOINT"), model = Environment.GetEnvironmentVariable("KERNELCHAT_MODEL");
        if (string.IsNullOrEmpty(endpoint) != string.IsNullOrEmpty(model))
        {
            throw new KernelException("Set both KERNELCHAT_ENDPOINT and KERNELCHAT_MODEL, or neither for the offline script.");
        }

        if (string.IsNullOrEmpty(endpoint))
        {
            builder.Services.AddSingleton<IChatCompletionService, ScriptedModel>();
        }
        else
        {
            builder.AddOpenAIChatCompletion(model!, new Uri(endpoint), Environment.GetEnvironmentVariable("KERNELCHAT_KEY"));
        }
    }
}
