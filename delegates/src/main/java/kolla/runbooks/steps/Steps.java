package kolla.runbooks.steps;

import java.util.Map;
import java.util.TreeMap;

/** Every bean that the BPMN names in a delegate expression, by that name. */
public final class Steps {

    private Steps() {}

    public static Map<String, Object> all(StepEnvironment environment) {
        Map<String, Object> beans = new TreeMap<>();
        beans.put("registerRun", new RegisterRun(environment));
        beans.put("endRun", new EndRun(environment));
        beans.put("noteResult", new NoteResult());
        beans.put("takeLease", new TakeLease(environment));
        beans.put("checkHosts", new CheckHosts(environment));
        beans.put("planDeployment", new PlanDeployment(environment));
        beans.put("approvalRequested", new ApprovalRequested(environment));
        beans.put("approvalGiven", new ApprovalGiven(environment));
        beans.put("remindApprovers", new RemindApprovers(environment));
        beans.put("confirmPlan", new ConfirmPlan(environment));
        beans.put("pullImages", new PullImages(environment));
        beans.put("splitWave", new SplitWave(environment));
        beans.put("prepareService", new PrepareService(environment));
        beans.put("convergeBatch", new ConvergeBatch(environment));
        beans.put("finishService", new FinishService(environment));
        beans.put("verifyHighAvailability", new VerifyHighAvailability(environment));
        beans.put("writeReport", new WriteReport(environment));
        beans.put("lookAtGalera", new LookAtGalera(environment));
        beans.put("haltGalera", new HaltGalera(environment));
        beans.put("confirmRecovery", new ConfirmRecovery(environment));
        beans.put("keepGaleraData", new KeepGaleraData(environment));
        beans.put("makePrimary", new MakePrimary(environment));
        beans.put("joinGaleraNode", new JoinGaleraNode(environment));
        beans.put("verifyRecovery", new VerifyRecovery(environment));
        beans.put("planBackup", new PlanBackup(environment));
        beans.put("copyBackup", new CopyBackup(environment));
        beans.put("prepareBackup", new PrepareBackup(environment));
        beans.put("queryBackup", new QueryBackup(environment));
        beans.put("deleteOldBackups", new DeleteOldBackups(environment));
        beans.put("planRestore", new PlanRestore(environment));
        beans.put("confirmRestore", new ConfirmRestore(environment));
        beans.put("stageRestore", new StageRestore(environment));
        beans.put("swapData", new SwapData(environment));
        beans.put("startRestored", new StartRestored(environment));
        beans.put("joinRestored", new JoinRestored(environment));
        beans.put("verifyRestore", new VerifyRestore(environment));
        beans.put("planRestart", new PlanRestart(environment));
        beans.put("confirmRestart", new ConfirmRestart(environment));
        beans.put("verifyService", new VerifyService(environment));
        beans.put("startProbe", new StartProbe(environment));
        beans.put("checkBudget", new CheckBudget(environment));
        beans.put("stopProbe", new StopProbe(environment));
        beans.put("fetchTarget", new FetchTarget(environment));
        beans.put("planUpgrade", new PlanUpgrade(environment));
        beans.put("confirmUpgrade", new ConfirmUpgrade(environment));
        beans.put("findBackup", new FindBackup(environment));
        beans.put("prepareServices", new PrepareServices(environment));
        beans.put("expandSchemas", new ExpandSchemas(environment));
        beans.put("listTurn", new ListTurn(environment));
        beans.put("convergeTurn", new ConvergeTurn(environment));
        beans.put("verifyTurn", new VerifyTurn(environment));
        beans.put("judgeTurn", new JudgeTurn(environment));
        beans.put("finishServices", new FinishServices(environment));
        beans.put("contractSchemas", new ContractSchemas(environment));
        beans.put("planMaintenance", new PlanMaintenance(environment));
        beans.put("confirmMaintenance", new ConfirmMaintenance(environment));
        beans.put("takeServiceOut", new TakeServiceOut(environment));
        beans.put("verifyHostOut", new VerifyHostOut(environment));
        beans.put("holdBegun", new HoldBegun(environment));
        beans.put("holdEnded", new HoldEnded(environment));
        beans.put("remindOperators", new RemindOperators(environment));
        beans.put("bringServiceBack", new BringServiceBack(environment));
        beans.put("planRotation", new PlanRotation(environment));
        beans.put("confirmRotation", new ConfirmRotation(environment));
        beans.put("rotateKeys", new RotateKeys(environment));
        beans.put("planPreparation", new PlanPreparation(environment));
        beans.put("confirmPreparation", new ConfirmPreparation(environment));
        beans.put("prepareHost", new PrepareHost(environment));
        beans.put("verifyPreparation", new VerifyPreparation(environment));
        beans.put("planMembers", new PlanMembers(environment));
        beans.put("confirmMembers", new ConfirmMembers(environment));
        beans.put("prepareMember", new PrepareMember(environment));
        beans.put("forgetGone", new ForgetGone(environment));
        beans.put("spreadCopies", new SpreadCopies(environment));
        beans.put("takeMemberOut", new TakeMemberOut(environment));
        beans.put("forgetLeft", new ForgetLeft(environment));
        beans.put("verifyJoined", new VerifyJoined(environment));
        beans.put("clearMember", new ClearMember(environment));
        beans.put("verifyMembers", new VerifyMembers(environment));
        beans.put("writeInventory", new WriteInventory(environment));
        return beans;
    }
}
